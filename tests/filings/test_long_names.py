"""Names of 300 characters, rare ones among them, from the filing to every paper and page of it."""

import pypdfium2
import pytest
from django.urls import reverse

from tests.factories import ConsortiumFactory, UnitFactory
from tests.people import as_, owner_of

pytestmark = pytest.mark.django_db

NAME = ("𠮷野家示例创新联合体" * 30)[:300]


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in pages)
    return "".join(found.replace("\ufffe", "").split())


@pytest.fixture
def owner(db):
    return owner_of(UnitFactory(name=NAME), "owner_of_a_long_name")


def test_they_stand_in_full_on_every_paper_and_page(owner, decider, client):
    unit = owner.memberships.get().unit
    filing = ConsortiumFactory(active=True, name=NAME, lead_unit=unit, created_by=owner)
    reader = as_(owner)
    papers = [
        reverse("filings:certificate", args=[filing.pk]),
        reverse("filings:submission_pdf", args=[filing.pk, 1]),
        reverse("filings:receipt", args=[filing.pk, 1]),
        reverse("filings:letter", args=[filing.pk, filing.letters.get().pk]),
    ]
    for paper in papers:
        assert NAME in text_of(reader.get(paper).content), paper
    pages = [
        reverse("filings:register_entry", args=[filing.filing_number]),
        reverse("filings:verify", args=[filing.verification_code]),
        reverse("filings:public_notice", args=[filing.pk]),
    ]
    for page in pages:
        assert NAME in client.get(page).text, page
    desk = as_(decider).get(f"/admin/filings/consortium/{filing.pk}/change/")
    assert NAME in desk.text
