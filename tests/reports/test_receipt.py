"""The receipt of a report: on its page, on paper, and to whoever verifies it."""

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from filings.models import Consortium
from reports.models import ReportSubmission
from reports.receipt import receipt
from reports.states import Action, Status
from reports.transitions import perform
from tests.filings.test_certificate import text_of
from tests.people import as_
from tests.reports.factories import paper_of, report_of

pytestmark = pytest.mark.django_db

EN = {"Accept-Language": "en"}
SIGNED = {"truth": "1", "signed_name": "甲示例"}


def url(name: str, report, *args) -> str:
    return reverse(f"reports:{name}", args=[report.pk, *args])


def handed_in(lead_owner) -> ReportSubmission:
    report = report_of(lead_owner, complete=True)
    paper_of(report, lead_owner, name="验收意见.pdf")
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    return report.submissions.get()


def test_submitting_leads_to_the_receipt(lead_owner):
    report = report_of(lead_owner, complete=True)
    client = as_(lead_owner)
    answer = client.post(url("submit", report), SIGNED)
    assert answer.url == url("submission", report, 1)
    found = report.submissions.get()
    page = client.get(answer.url).text
    for said in (found.digest, found.receipt_code, "甲示例", report.consortium.name):
        assert said in page
    assert url("submission", report, 1) in client.get(url("detail", report)).text


def test_the_paper_says_what_was_signed_and_stays_so(lead_owner):
    found = handed_in(lead_owner)
    text = text_of(receipt(found))
    for said in (
        found.content["name"], found.content["lead"], "甲示例", found.digest, found.receipt_code,
        "验收意见.pdf", found.documents[0]["sha256"], "2027年6月1日",
    ):  # fmt: skip
        assert said in text
    Consortium.objects.update(name="改名")
    assert text_of(receipt(ReportSubmission.objects.get())) == text
    answer = as_(lead_owner).get(url("receipt", found.report, 1))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")


def test_its_code_leads_to_the_public_page(lead_owner):
    found = handed_in(lead_owner)
    last = list(pypdfium2.PdfDocument(receipt(found)))[-1]
    (code,) = zxingcpp.read_barcodes(last.render(scale=3).to_pil())
    place = reverse("filings:verify", args=[found.receipt_code])
    assert code.text.endswith(place)
    page = Client(headers=EN).get(place)
    assert page.status_code == 200
    assert "Real: this receipt is of the latest submission of the report" in page.text
    assert found.digest in page.text
    assert "甲示例" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_an_earlier_receipt_is_real_and_says_that_there_is_a_newer_one(lead_owner):
    found = handed_in(lead_owner)
    perform(found.report_id, Action.WITHDRAW, actor=lead_owner)
    perform(found.report_id, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    place = reverse("filings:verify", args=[found.receipt_code])
    assert "Real, but the report was submitted again since" in Client(headers=EN).get(place).text
    page = as_(lead_owner).get(url("submission", found.report, 1), headers=EN)
    assert "The report was submitted again since" in page.text


@pytest.mark.parametrize("name", ["submission", "receipt"])
def test_a_receipt_is_for_those_who_read_the_report(name, lead_owner, member_user, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    assert as_(reviewer).get(url(name, report, 1)).status_code == 200
    assert as_(member_user).get(url(name, report, 1)).status_code == 404
    assert as_(lead_owner).get(url(name, report, 2)).status_code == 404
