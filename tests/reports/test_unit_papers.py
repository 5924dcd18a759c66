"""The papers of a unit: attached to its own part, kept from the other members, signed off and frozen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Membership
from filings.refusals import NotPermitted
from reports import documents
from reports.documents import remove_document
from reports.models import ReportDocument, ReportEvent
from reports.receipt import receipt
from reports.snapshot import present
from reports.states import Action, Entry
from reports.transitions import perform
from tests.counted import queries
from tests.factories import pdf_bytes, pdf_upload
from tests.filings.hostile import begun, put
from tests.filings.test_certificate import text_of
from tests.people import as_, belonging_to, owner_of
from tests.reports.factories import SIGNER, answer_all, ask, fill, paper_of, paper_of_unit, signed
from tests.sent import untouched

pytestmark = pytest.mark.django_db

EN = {"Accept-Language": "en"}


def url(name: str, part, *args) -> str:
    return reverse(f"reports:{name}", args=[part.report_id, *args])


def page_of(part) -> str:
    return url("unit", part, part.pk)


def attach(client, part, **data):
    return client.post(url("unit_document_add", part, part.pk), data, headers=EN)


def submit(part, lead):
    perform(part.report_id, Action.SUBMIT, actor=lead, signed_name=SIGNER)
    return part.report.submissions.last()


@pytest.fixture
def other(part):
    """Somebody of another member of the same consortium."""
    rest = part.report.units.exclude(member=None).exclude(pk=part.pk).get()
    return owner_of(rest.unit, "other_member")


@pytest.mark.parametrize("cast", ["member_user", "lead_owner"])
def test_its_people_and_the_lead_attach_and_take_out(cast, part, request):
    user = request.getfixturevalue(cast)
    client = as_(user)
    assert attach(client, part, upload=pdf_upload("审计报告.pdf")).url == page_of(part)
    paper = ReportDocument.objects.get()
    assert (paper.unit, paper.part, paper.uploaded_by) == (part.unit, "cooperation", user)
    page = client.get(page_of(part)).text
    assert url("document", part, paper.pk) in page
    remove = url("document_remove", part, paper.pk)
    assert remove in page
    assert client.post(remove).url == page_of(part)
    paper.refresh_from_db()
    assert paper.replaced_at is not None
    assert "审计报告.pdf" not in client.get(page_of(part)).text
    again = client.post(remove, follow=True, headers=EN)
    assert "has just replaced or removed" in again.text


def test_a_file_comes_in_pieces(part, member_user):
    client = as_(member_user)
    address = begun(client, part.report.consortium_id, len(pdf_bytes()))["Location"]
    put(client, address, 0, pdf_bytes())
    assert attach(client, part, received=address.split("/")[-2]).url == page_of(part)
    assert part.documents.get().sha256


def test_what_is_no_pdf_comes_back_with_the_reason_and_a_way_back(part, member_user):
    bad = SimpleUploadedFile("a.pdf", b"no pdf at all")
    page = attach(as_(member_user), part, upload=bad)
    assert page.status_code == 422
    assert "This is not a PDF file" in page.text
    assert f'href="{page_of(part)}"' in page.text
    # A member has no page of the whole report.
    assert f'href="{url("detail", part)}"' not in page.text
    assert not ReportDocument.objects.exists()


def test_a_unit_has_so_many_papers_and_no_more(part, member_user, lead_owner, monkeypatch):
    monkeypatch.setattr(documents, "MOST", 1)
    paper_of(part.report, lead_owner, part="cooperation")
    paper_of_unit(part, member_user)
    assert attach(as_(member_user), part, upload=pdf_upload()).status_code == 422
    assert part.documents.count() == 1


def test_only_the_unit_the_lead_and_later_the_officers_open_it(
    part, member_user, lead_owner, other, auditor
):
    paper = paper_of_unit(part, member_user)
    reader = belonging_to(part.unit, "member_reader", Membership.Role.READER)
    fill(part.report)

    def who_opens():
        found = set()
        for user in (member_user, reader, lead_owner, other, auditor):
            for name in ("document", "document_inline"):
                answer = as_(user).get(url(name, part, paper.pk))
                if answer.status_code == 200:
                    assert b"".join(answer.streaming_content).startswith(b"%PDF")
                    found.add(user)
        return found

    units = {member_user, reader, lead_owner}
    assert who_opens() == units
    assert AuditEntry.objects.filter(
        operation="read", subject="reports_reportdocument", subject_id=str(paper.pk)
    ).count() == 6  # fmt: skip
    submit(part, lead_owner)
    assert who_opens() == units | {auditor}
    perform(part.report_id, Action.WITHDRAW, actor=lead_owner)
    remove_document(paper, user=member_user)
    assert who_opens() == units
    # What is attached while the lead unit has it again is not the bureau's to see yet.
    paper = paper_of_unit(part, member_user)
    assert who_opens() == units


def test_a_member_reads_no_paper_of_the_lead(part, member_user, lead_owner):
    paper = paper_of(part.report, lead_owner, part="cooperation")
    client = as_(member_user)
    assert client.get(url("document", part, paper.pk)).status_code == 404
    assert client.post(url("document_remove", part, paper.pk)).status_code == 404
    assert paper.original_name not in client.get(page_of(part)).text
    with pytest.raises(NotPermitted):
        remove_document(paper, user=member_user)


def test_nobody_else_changes_its_papers(part, member_user, other, auditor):
    paper = paper_of_unit(part, member_user)
    reader = belonging_to(part.unit, "member_reader", Membership.Role.READER)
    for user in (reader, other, auditor):
        client = as_(user)
        assert attach(client, part, upload=pdf_upload()).status_code == 404
        assert client.post(url("document_remove", part, paper.pk)).status_code == 404
        for try_it in (paper_of_unit, lambda _part, user: remove_document(paper, user=user)):
            with pytest.raises(NotPermitted):
                try_it(part, user)
    page = as_(reader).get(page_of(part)).text
    assert url("document", part, paper.pk) in page
    assert url("document_remove", part, paper.pk) not in page
    assert url("unit_document_add", part, part.pk) not in page
    assert part.documents.get() == paper


def test_what_lies_with_the_bureau_keeps_them(part, member_user, lead_owner):
    paper = paper_of_unit(part, member_user)
    fill(part.report)
    submit(part, lead_owner)
    for user in (member_user, lead_owner):
        client = as_(user)
        assert attach(client, part, upload=pdf_upload()).status_code == 404
        assert client.post(url("document_remove", part, paper.pk)).status_code == 404
        assert url("document_remove", part, paper.pk) not in client.get(page_of(part)).text
    with pytest.raises(NotPermitted):
        remove_document(paper, user=member_user)
    assert part.documents.get() == paper


@pytest.mark.parametrize("cast", ["member_user", "lead_owner"])
def test_attaching_and_taking_out_take_the_sign_off_back(cast, part, member_user, request):
    user = request.getfixturevalue(cast)
    for change in (
        lambda: attach(as_(user), part, upload=pdf_upload()),
        lambda: as_(user).post(url("document_remove", part, part.documents.get().pk)),
    ):
        signed(part, member_user)
        change()
        part.refresh_from_db()
        assert (part.signed_at, part.signed_by, part.signed_name) == (None, None, "")
        assert ReportEvent.objects.last().action == Entry.REOPENED


def test_a_paper_of_the_lead_or_of_another_unit_leaves_the_sign_off(
    part, member_user, lead_owner, other
):
    signed(part, member_user)
    paper_of(part.report, lead_owner, part="cooperation")
    paper_of_unit(part.report.units.get(unit=other.memberships.get().unit), other)
    part.refresh_from_db()
    assert part.signed_at is not None


def test_nobody_signs_papers_that_the_page_did_not_show(part, member_user, lead_owner):
    client = as_(member_user)
    form = client.get(page_of(part)).context["sign"]
    paper_of_unit(part, lead_owner)
    client.post(url("sign", part, part.pk), untouched(form) | {"signed_name": "乙示例"})
    part.refresh_from_db()
    assert part.signed_at is None
    form = client.get(page_of(part)).context["sign"]
    client.post(url("sign", part, part.pk), untouched(form) | {"signed_name": "乙示例"})
    part.refresh_from_db()
    assert part.signed_at is not None


def test_it_is_frozen_with_the_unit_s_name_compared_and_on_the_receipt(
    part, member_user, lead_owner, reviewer
):
    paper = paper_of_unit(part, member_user, name="旧.pdf")
    fill(part.report)
    first = submit(part, lead_owner)
    kept = {
        "id": paper.pk, "name": "旧.pdf", "unit": part.unit.name, "pages": paper.pages,
        "sha256": paper.sha256,
    }  # fmt: skip
    assert first.documents == first.content["cooperation"]["documents"] == [kept]
    assert f"旧.pdf·{part.unit.name}" in text_of(receipt(first))
    assert any(part.unit.name in label for label, _value in dict(present(first.content))[
        "cooperation"
    ] if _value == "旧.pdf")  # fmt: skip
    ask(part.report, reviewer)
    perform(part.report_id, Action.RETURN, actor=reviewer)
    answer_all(part.report)
    remove_document(paper, user=lead_owner)
    paper_of_unit(part, member_user, name="新.pdf")
    part.refresh_from_db()
    signed(part, member_user)
    second = submit(part, lead_owner)
    page = as_(lead_owner).get(url("submission", part, second.number), headers=EN)
    label = f"{part.unit.name} · Document"
    changed = [
        (d.label, d.before, d.after) for d in page.context["changed"] if d.section != "funds"
    ]
    assert changed == [(label, "", "新.pdf"), (label, "旧.pdf", "")]
    assert part.unit.name in page.text


def test_what_was_submitted_before_units_had_papers_can_still_be_read(part, lead_owner):
    fill(part.report)
    paper_of(part.report, lead_owner)
    content = submit(part, lead_owner).content
    for paper in content["plan"]["documents"]:
        del paper["unit"]
    assert ("材料", "佐证.pdf") in dict(present(content))["plan"]


def test_the_bureau_reads_it_at_the_units_and_whose_it_is(part, member_user, lead_owner, reviewer):
    paper = paper_of_unit(part, member_user)
    fill(part.report)
    submit(part, lead_owner)
    address = reverse("admin:reports_annualreport_change", args=[part.report_id])
    page = as_(reviewer).get(address, {"tab": "documents"}, headers=EN)
    [chapter] = [found for found in page.context["chapters"] if found.documents]
    assert (chapter.part, chapter.documents) == ("cooperation", [paper])
    assert f"{part.unit.name} · 1 page" in page.text
    assert page.context["shown"].about == part.unit.name
    assert url("document", part, paper.pk) in as_(reviewer).get(page_of(part)).text
    whole = as_(lead_owner).get(url("detail", part), headers=EN)
    assert f"{part.unit.name} · 1 page" in whole.text


def test_a_paper_of_a_unit_stands_nowhere_else(part, member_user):
    paper = paper_of_unit(part, member_user)
    with pytest.raises(IntegrityError):
        ReportDocument.objects.filter(pk=paper.pk).update(part="plan")


def test_the_page_asks_the_same_however_many_there_are(part, member_user):
    client, counts = as_(member_user), []
    client.get(page_of(part))
    for _time in range(2):
        paper_of_unit(part, member_user)
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(part))
        counts.append(len(queries(asked)))
    assert counts[0] == counts[1]
