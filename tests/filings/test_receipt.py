"""The receipt: what it says, on paper, on its page and to whoever verifies it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.test import Client
from django.urls import reverse

from filings.models import Consortium, Submission
from filings.receipt import receipt
from filings.services import resolve_comment
from filings.states import Action
from filings.transitions import perform
from tests.factories import ConsortiumFactory
from tests.filings.test_certificate import text_of
from tests.filings.test_pdf import fonts_of
from tests.people import as_

pytestmark = pytest.mark.django_db

ENGLISH = {"Accept-Language": "en"}


def submitted(lead_owner=None, **kwargs) -> Submission:
    if lead_owner:
        kwargs |= {"lead_unit": lead_owner.memberships.get().unit, "created_by": lead_owner}
    return ConsortiumFactory(**{"submitted": True} | kwargs).submissions.last()


def again(lead_owner) -> Submission:
    """Returned, dealt with and submitted once more."""
    first = submitted(lead_owner, submitted=False, returned=True)
    resolve_comment(first.consortium.comments.get(), user=lead_owner)
    perform(first.consortium_id, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    return first


def test_it_says_what_was_signed_by_whom_and_what_was_promised():
    with time_machine.travel(datetime(2026, 3, 2, 14, 3, tzinfo=ZoneInfo("Asia/Shanghai"))):
        found = submitted(name="𠮷示例谐波减速器创新联合体")
    text = text_of(receipt(found))
    content = found.content
    for said in (
        content["lead"]["name"], content["lead"]["unit"], content["lead"]["uscc"],
        content["members"][0]["name"], found.signed_name, found.digest, found.receipt_code,
        "2026年3月2日14:03", "2026年3月9日",
    ):  # fmt: skip
        assert said in text


def test_it_stays_what_it_was_when_the_filing_goes_on():
    found = submitted()
    before = text_of(receipt(found))
    Consortium.objects.update(name="改名", action_due_on=None)
    found = Submission.objects.get()
    assert text_of(receipt(found)) == before


def test_its_code_leads_to_its_page_and_its_fonts_are_embedded(settings):
    settings.SITE_URL = "https://portal.example.com"
    found = submitted()
    data = receipt(found)
    assert all(embedded for _name, embedded in fonts_of(data))
    last = list(pypdfium2.PdfDocument(data))[-1]
    (code,) = zxingcpp.read_barcodes(last.render(scale=3).to_pil())
    assert code.text == f"https://portal.example.com/verify/{found.receipt_code}/"


def test_the_public_page_says_what_it_is_and_no_more():
    found = submitted(lead_revenue="777777.77")
    page = Client(headers=ENGLISH).get(f"/verify/{found.receipt_code}/")
    assert page.status_code == 200
    for said in ("A receipt, no certificate", "latest submission", found.digest):
        assert said in page.text
    assert found.content["lead"]["name"] in page.text
    hidden = ("777777", found.signed_name, found.content["members"][0]["name"])
    assert [word for word in hidden if word in page.text] == []
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_an_older_receipt_says_that_it_is_not_the_latest(lead_owner):
    first = again(lead_owner)
    page = Client(headers=ENGLISH).get(f"/verify/{first.receipt_code}/")
    assert "submitted again since" in page.text
    page = as_(lead_owner).get(reverse("filings:submission", args=[first.consortium_id, 1]))
    assert not page.context["is_latest"]
    page = as_(lead_owner).get(reverse("filings:submission", args=[first.consortium_id, 2]))
    assert page.context["waits"]


def test_guessing_a_receipt_is_braked_like_a_certificate(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"verify": "2/m/ip"}
    code = submitted().receipt_code
    tries = [client.get(f"/verify/guess{n}/").status_code for n in range(2)]
    assert [*tries, client.get(f"/verify/{code}/").status_code] == [404, 404, 429]


def test_its_page_names_the_next_step_and_offers_to_take_it_back(lead_owner):
    found = submitted(lead_owner)
    address = reverse("filings:submission", args=[found.consortium_id, 1])
    page = as_(lead_owner).get(address, headers=ENGLISH)
    assert "checks by the end of" in page.text
    assert reverse("filings:withdraw", args=[found.consortium_id]) in page.text
    assert page.context["promised_on"] == found.consortium.action_due_on
    assert as_(lead_owner).get(address.replace("/1/", "/9/")).status_code == 404


def test_the_paper_is_handed_out_under_a_name_that_says_what_it_is(lead_owner):
    found = submitted(lead_owner)
    answer = as_(lead_owner).get(reverse("filings:receipt", args=[found.consortium_id, 1]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.content.startswith(b"%PDF-")
