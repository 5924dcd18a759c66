"""The certificate: what it says in Chinese, who gets it, and where its QR code leads."""

import io

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from filings.certificate import certificate
from filings.states import FILED, Status
from tests.factories import FILED_ON, ConsortiumFactory, UnitFactory
from tests.filings.test_pdf import fonts_of
from tests.people import as_, owner_of

pytestmark = pytest.mark.django_db


def filed(lead_owner=None, **kwargs):
    if lead_owner:
        kwargs |= {"lead_unit": lead_owner.memberships.get().unit, "created_by": lead_owner}
    return ConsortiumFactory(**{"active": True, "on": FILED_ON} | kwargs)


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "".join("".join(p.get_textpage().get_text_range() for p in pages).split())


def address(consortium) -> str:
    return f"/filings/{consortium.pk}/certificate.pdf"


def test_it_says_number_units_field_and_term():
    consortium = filed(name="𠮷示例谐波减速器创新联合体")
    text = text_of(certificate(consortium))
    lead = consortium.lead_unit
    for said in (consortium.name, consortium.filing_number, lead.name, lead.uscc):
        assert said in text
    assert consortium.focus_field.name in text
    assert all(member.name in text for member in consortium.members.all())
    assert "2026年3月2日" in text
    assert "2029年3月2日" in text
    assert "备案" in text
    assert consortium.verification_code in text


def test_it_is_in_chinese_whatever_the_reader_reads(lead_owner):
    consortium = filed(lead_owner)
    client = as_(lead_owner)
    client.cookies["django_language"] = "en"
    text = text_of(client.get(address(consortium)).content)
    assert "2026年3月2日" in text
    assert "March" not in text


def test_its_fonts_are_embedded():
    fonts = fonts_of(certificate(filed()))
    assert fonts
    assert all(embedded for _name, embedded in fonts)


def test_its_code_leads_to_the_verification_page(settings):
    settings.SITE_URL = "https://portal.example.com"
    consortium = filed()
    page = pypdfium2.PdfDocument(certificate(consortium))[0]
    codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    wanted = f"https://portal.example.com/verify/{consortium.verification_code}/"
    assert [code.text for code in codes] == [wanted]
    path = wanted.removeprefix("https://portal.example.com")
    assert consortium.filing_number in Client().get(path).text


@pytest.mark.parametrize(("members", "pages"), [(2, 1), (5, 1), (20, 2)])
def test_it_keeps_to_one_page_as_long_as_the_units_fit(members, pages):
    consortium = filed()
    for number in range(members - consortium.members.count()):
        member = consortium.members.first()
        member.pk, member.token = None, f"token{number}"
        member.unit = UnitFactory()
        member.save()
    document = pypdfium2.PdfDocument(certificate(consortium))
    assert len(document) == pages
    last = document[pages - 1]
    assert consortium.verification_code in last.get_textpage().get_text_range()


def test_its_units_and_the_officers_get_it(lead_owner, auditor, decider):
    consortium = filed(lead_owner)
    member = owner_of(consortium.members.first().unit, "of_a_member")
    for user in (lead_owner, member, auditor, decider):
        response = as_(user).get(address(consortium))
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.content.startswith(b"%PDF-")


def test_nobody_else_gets_it(lead2_owner, stranger, client):
    consortium = filed()
    for user in (lead2_owner, stranger):
        assert as_(user).get(address(consortium)).status_code == 404
    assert client.get(address(consortium)).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("status", [s for s in Status if s not in FILED])
def test_there_is_none_before_the_filing(status, lead_owner):
    consortium = filed(lead_owner, active=False, **{str(status): True})
    assert as_(lead_owner).get(address(consortium)).status_code == 404


@pytest.mark.parametrize("status", ["expired", "terminated", "revoked"])
def test_it_stays_after_the_end_and_its_page_says_what_holds(status, lead_owner):
    consortium = filed(lead_owner, active=False, **{status: True})
    data = as_(lead_owner).get(address(consortium)).content
    assert consortium.filing_number in text_of(data)
    assert io.BytesIO(data).getbuffer().nbytes < 1_000_000
