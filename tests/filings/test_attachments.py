"""The papers of a filing: asked for by kind of unit, read in the page, replaced, kept."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings import attachments
from filings.attachments import remove_document, replace_document
from filings.models import Consortium, Document, Member, Policy
from filings.papers import papers_of
from filings.refusals import Conflict
from filings.services import delete_row
from tests.factories import ConsortiumFactory, DocumentFactory, bring_to, pdf_bytes, pdf_upload
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    """A complete draft: an enterprise leads an enterprise and a university."""
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


@pytest.fixture
def agreement(consortium) -> Document:
    return consortium.documents.get(kind="agreement")


@pytest.fixture
def member(consortium, member_user) -> Member:
    """The university of the draft, whose people are `member_user`; its licence is missing."""
    member = consortium.members.get(kind="university")
    member.unit = member_user.memberships.get().unit
    member.save()
    member.documents.all().delete()
    return member


def sent(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("新协议.pdf", data, content_type="application/pdf")


def url(name: str, document: Document) -> str:
    return reverse(f"filings:{name}", args=[document.consortium_id, document.pk])


def step(consortium, query="") -> str:
    return reverse("filings:step", args=[consortium.pk, "agreement"]) + query


def lacking(consortium) -> list[tuple]:
    consortium = Consortium.objects.get(pk=consortium.pk)
    papers = papers_of(consortium, Policy.objects.in_force())
    return [(p.member and p.member.kind, p.kind) for p in papers if not p.document]


def test_what_is_missing_is_a_row_a_finding_and_a_link_to_the_field(consortium, lead_owner):
    consortium.documents.exclude(kind="agreement").delete()
    page = as_(lead_owner).get(step(consortium))
    assert lacking(consortium) == [
        (None, "licence"), (None, "statements"), (None, "rd_statement"), (None, "commitment"),
        ("enterprise", "licence"), ("university", "licence"),
    ]  # fmt: skip
    findings = [i for i in page.context["findings"] if i["finding"].rule == "required_documents"]
    assert len(findings) == 6
    assert {item["finding"].level for item in findings} == {"warn"}
    member = consortium.members.get(kind="university")
    link = f"{step(consortium)}?kind=licence&member={member.pk}#id_upload"
    assert findings[-1]["url"] == link
    assert link.replace("&", "&amp;") in page.text
    page = as_(lead_owner).get(link)
    form = page.context["document_form"]
    assert (form["kind"].value(), form["member"].value()) == ("licence", str(member.pk))
    assert 'id="id_upload"' in page.text


@pytest.mark.parametrize(("kind", "asked"), [("enterprise", True), ("platform", False)])
def test_the_r_and_d_statement_is_asked_of_enterprises(kind, asked, consortium):
    type(consortium.lead_unit).objects.filter(pk=consortium.lead_unit_id).update(kind=kind)
    consortium.documents.all().delete()
    assert ((None, "rd_statement") in lacking(consortium)) is asked


def test_the_papers_of_a_member_that_leaves_are_not_the_lead_s(consortium, lead_owner):
    consortium.documents.filter(member=None, kind="licence").delete()
    for member in consortium.members.all():
        delete_row(member, user=lead_owner)
    assert (None, "licence") in lacking(consortium)


@pytest.mark.parametrize("more", [0, 4])
def test_the_list_asks_a_constant_number_of_questions(
    more, consortium, lead_owner, django_assert_num_queries
):
    member = consortium.members.first()
    DocumentFactory.create_batch(more, consortium=consortium, member=member, uploaded_by=lead_owner)
    client = as_(lead_owner)
    client.get(step(consortium))
    with django_assert_num_queries(10):
        client.get(step(consortium))


def test_a_newer_version_takes_the_place_and_the_older_ones_are_told(
    consortium, agreement, lead_owner
):
    client = as_(lead_owner)
    bring_to(consortium, "returned")
    newest = agreement
    for pages in (2, 3):
        answer = client.post(url("document_view", newest), {"upload": sent(pdf_bytes(pages))})
        assert answer.status_code == 302
        newest = Document.objects.latest("pk")
        assert answer.url == url("document_view", newest)
    agreement.refresh_from_db()
    assert agreement.replaced_at
    assert (newest.kind, newest.member, newest.replaces.replaces) == ("agreement", None, agreement)
    for shown in (agreement, newest):
        page = client.get(url("document_view", shown))
        assert [v.pages for v in page.context["versions"]] == [3, 2, 1]
        for version in page.context["versions"]:
            assert version.sha256 in page.text
            assert str(version.uploaded_by) in page.text
    assert hashlib.sha256(pdf_bytes(3)).hexdigest() == newest.sha256
    current = [p.document for p in client.get(step(consortium)).context["papers"]]
    assert newest in current
    assert agreement not in current
    # Whoever reads the submission still gets what was submitted.
    assert b"".join(client.get(url("document", agreement)).streaming_content) == pdf_bytes()


def test_a_hostile_newer_version_replaces_nothing(agreement, lead_owner, settings):
    files = sorted(Path(settings.MEDIA_ROOT).rglob("*.pdf"))
    page = as_(lead_owner).post(url("document_view", agreement), {"upload": sent(b"MZ")})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"upload"}
    agreement.refresh_from_db()
    assert agreement.replaced_at is None
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*.pdf")) == files


def test_a_document_is_replaced_or_removed_once(agreement, lead_owner, settings):
    stale = Document.objects.get(pk=agreement.pk)
    replace_document(agreement, user=lead_owner, upload=pdf_upload())
    files = sorted(Path(settings.MEDIA_ROOT).rglob("*.pdf"))
    with pytest.raises(Conflict):
        replace_document(stale, user=lead_owner, upload=pdf_upload())
    with pytest.raises(Conflict):
        remove_document(stale, user=lead_owner)
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*.pdf")) == files
    assert Document.objects.filter(kind="agreement").count() == 2


def test_a_removed_document_leaves_the_filing_but_not_the_store(agreement, lead_owner):
    client = as_(lead_owner)
    client.post(url("document_delete", agreement))
    agreement.refresh_from_db()
    assert agreement.replaced_at is not None
    assert Path(agreement.file.path).exists()
    assert client.post(url("document_delete", agreement)).status_code == 404
    assert lacking(agreement.consortium) == [(None, "agreement")]


def test_what_cannot_be_saved_leaves_no_file(consortium, lead_owner, settings, monkeypatch):
    files = sorted(Path(settings.MEDIA_ROOT).rglob("*.pdf"))

    def fail(*args, **kwargs):
        raise OSError("the database is gone")

    monkeypatch.setattr(attachments, "touch", fail)
    with pytest.raises(OSError, match="gone"):
        attachments.add_document(consortium, user=lead_owner, kind="other", upload=pdf_upload())
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*.pdf")) == files


READERS = ("lead_owner", "intake", "reviewer", "decider", "auditor")
OTHERS = ("lead2_owner", "stranger", "member_user")


@pytest.mark.parametrize("cast", [*READERS, *OTHERS])
@pytest.mark.parametrize("name", ["document", "document_view", "document_inline"])
def test_a_document_is_read_by_the_lead_and_the_officers_alone(name, cast, member, request):
    user = request.getfixturevalue(cast)
    consortium = Consortium.objects.get()
    DocumentFactory(consortium=consortium, member=member, kind="licence", uploaded_by=user)
    bring_to(consortium, "submitted")
    document = Document.objects.get(consortium=consortium, kind="agreement")
    answer = as_(user).get(url(name, document))
    assert answer.status_code == (200 if cast in READERS else 404)
    if answer.streaming:
        assert b"".join(answer.streaming_content) == pdf_bytes()


def test_a_member_reads_its_own_papers(member, member_user):
    own = DocumentFactory(
        consortium=member.consortium, member=member, kind="licence", uploaded_by=member_user
    )
    answer = as_(member_user).get(url("document", own))
    assert b"".join(answer.streaming_content) == pdf_bytes()
    page = as_(member_user).get(url("document_view", own))
    assert page.context["form"] is None
    assert as_(member_user).post(url("document_view", own)).status_code == 404


def test_the_download_is_never_run_and_the_preview_is_for_our_own_page(agreement, lead_owner):
    client = as_(lead_owner)
    download, inline = (client.get(url(n, agreement)) for n in ("document", "document_inline"))
    for answer in (download, inline):
        b"".join(answer.streaming_content)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Frame-Options"] == "DENY"
    assert "sandbox" in download["Content-Security-Policy"]
    assert inline["Content-Disposition"].startswith("inline")
    assert inline["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in inline["Content-Security-Policy"]
