"""A member unit uploads itself what is asked of it, beside the confirmation of its part."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings.models import Consortium, Member
from tests.factories import ConsortiumFactory, DocumentFactory, bring_to, pdf_bytes, pdf_upload
from tests.filings.hostile import begun, put
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(lead_owner, member_user) -> Member:
    """The university of a draft, whose people are `member_user`; its licence is missing."""
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)
    member = consortium.members.get(kind="university")
    member.unit = member_user.memberships.get().unit
    member.save()
    member.documents.all().delete()
    return member


def proof(member) -> str:
    return reverse("filings:proof", args=[member.token])


def confirm(member) -> str:
    return reverse("filings:confirm", args=[member.token])


def test_a_member_uploads_its_own_proof_and_the_lead_sees_it(member, member_user, lead_owner):
    client = as_(member_user)
    page = client.get(confirm(member))
    assert [(p.kind, p.document) for p in page.context["papers"]] == [("licence", None)]
    answer = client.post(proof(member), {"kind": "licence", "upload": pdf_upload("证书.pdf")})
    assert answer.url == confirm(member)
    document = member.documents.get()
    assert (document.kind, document.uploaded_by) == ("licence", member_user)
    step = reverse("filings:step", args=[member.consortium_id, "agreement"])
    papers = as_(lead_owner).get(step).context["papers"]
    assert document in [paper.document for paper in papers]
    assert all(paper.document for paper in papers)


def test_a_newer_proof_of_a_member_takes_the_place_of_the_one_before(member, member_user):
    client = as_(member_user)
    for _time in range(2):
        client.post(proof(member), {"kind": "licence", "upload": pdf_upload("证书.pdf")})
    older, newer = member.documents.order_by("pk")
    assert (newer.replaces, newer.replaced_at) == (older, None)
    assert older.replaced_at


def test_a_member_uploads_in_pieces(member, member_user):
    client = as_(member_user)
    address = begun(client, member.consortium_id, len(pdf_bytes()))["Location"]
    put(client, address, 0, pdf_bytes())
    data = {"kind": "licence", "received": address.split("/")[-2]}
    assert client.post(proof(member), data).url == confirm(member)
    assert member.documents.get().pages == 1


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"kind": "licence"}, {"upload"}),
        ({"kind": "agreement", "upload": pdf_bytes()}, {"kind"}),
        ({"kind": "licence", "upload": b"MZ"}, {"upload"}),
    ],
)
def test_an_unfit_proof_is_refused_at_its_field(data, errors, member, member_user):
    data = {
        name: SimpleUploadedFile("证书.pdf", v) if name == "upload" else v
        for name, v in data.items()
    }
    page = as_(member_user).post(proof(member), data)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == errors
    assert not member.documents.exists()


@pytest.mark.parametrize("cast", ["lead_owner", "stranger", "lead2_owner", "auditor"])
def test_nobody_else_uploads_for_a_member(cast, member, request):
    data = {"kind": "licence", "upload": pdf_upload()}
    client = as_(request.getfixturevalue(cast))
    assert client.post(proof(member), data).status_code == 404
    assert not member.documents.exists()


def test_after_submission_no_proof_is_taken(member, member_user):
    consortium = Consortium.objects.get()
    DocumentFactory(consortium=consortium, member=member, kind="licence", uploaded_by=member_user)
    bring_to(consortium, "submitted")
    client = as_(member_user)
    data = {"kind": "licence", "upload": pdf_upload()}
    assert client.post(proof(member), data).status_code == 404
    assert "proof_form" in client.get(confirm(member)).context
    assert member.documents.count() == 1
