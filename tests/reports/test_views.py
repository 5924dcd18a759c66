"""The lead unit's pages of a report: saved as far as it goes, refused with words, 404 to others."""

import pypdfium2
import pytest
from django.urls import reverse

from reports.models import AnnualReport
from reports.states import Status
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

SIGNED = {"truth": "1", "signed_name": "甲示例"}


def url(name: str, report, *args) -> str:
    return reverse(f"reports:{name}", args=[report.pk, *args])


def test_a_justification_is_kept(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    client.post(url("justification", report), {"rule": "projects_named", "text": " 尚未立项。 "})
    assert AnnualReport.objects.get().justifications == {"projects_named": "尚未立项。"}
    here = {"rule": "projects_named", "text": " ", "step": "cooperation"}
    answer = client.post(url("justification", report), here)
    assert answer.url == url("part", report, "cooperation")
    assert AnnualReport.objects.get().justifications == {"projects_named": "尚未立项。"}


def test_it_is_submitted_with_the_truth_confirmed_and_withdrawn(lead_owner):
    report = report_of(lead_owner, complete=True)
    client = as_(lead_owner)
    for missing in SIGNED:
        data = {name: value for name, value in SIGNED.items() if name != missing}
        assert client.post(url("submit", report), data).status_code == 422
    assert AnnualReport.objects.get().status == Status.DRAFT
    client.post(url("submit", report), SIGNED)
    client.post(url("submit", report), SIGNED)
    assert AnnualReport.objects.get().status == Status.SUBMITTED
    assert report.events.count() == 1
    client.post(url("withdraw", report))
    assert AnnualReport.objects.get().status == Status.DRAFT


def test_a_submission_posted_by_hand_past_a_block_is_refused(lead_owner):
    report = report_of(lead_owner)
    page = as_(lead_owner).post(url("submit", report), SIGNED, follow=True)
    assert AnnualReport.objects.get().status == Status.DRAFT
    assert page.status_code == 200
    assert list(page.context["messages"])


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ACCEPTED])
def test_what_lies_with_the_bureau_is_not_edited(status, lead_owner):
    report = report_of(lead_owner, status=status)
    client = as_(lead_owner)
    assert client.get(url("part", report, "plan")).status_code == 404
    assert client.post(url("part", report, "plan"), {"version": report.version}).status_code == 404


@pytest.mark.parametrize("cast", ["stranger", "lead2_owner", "member_user"])
@pytest.mark.parametrize(
    ("method", "name", "args"),
    [
        ("get", "detail", ()), ("get", "part", ("plan",)), ("post", "part", ("plan",)),
        ("get", "pdf", ()), ("post", "submit", ()), ("post", "withdraw", ()),
        ("post", "justification", ()),
    ],
)  # fmt: skip
def test_what_is_not_theirs_does_not_exist(method, name, args, cast, lead_owner, request):
    report = report_of(lead_owner)
    client = as_(request.getfixturevalue(cast))
    assert getattr(client, method)(url(name, report, *args), {"truth": "1"}).status_code == 404


@pytest.mark.parametrize("name", ["detail", "pdf"])
def test_an_officer_reads_it_once_it_was_submitted(name, lead_owner, auditor, reviewer):
    report = report_of(lead_owner, complete=True)
    assert as_(auditor).get(url(name, report)).status_code == 404
    as_(lead_owner).post(url("submit", report), SIGNED)
    assert as_(auditor).get(url(name, report)).status_code == 200
    assert as_(reviewer).post(url("withdraw", report)).status_code == 404
    assert AnnualReport.objects.get().status == Status.SUBMITTED
    # Taken back, it is the lead unit's again: the bureau reads what was handed in.
    as_(lead_owner).post(url("withdraw", report))
    desk = reverse("admin:reports_annualreport_change", args=[report.pk])
    assert as_(auditor).get(url(name, report)).url == desk
    assert as_(lead_owner).get(url(name, report)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_my_reports_take_the_same_queries_however_many(rows, lead_owner, django_assert_num_queries):
    for _row in range(rows):
        report_of(lead_owner)
    client = as_(lead_owner)
    with django_assert_num_queries(8):
        page = client.get(reverse("reports:mine"))
    assert len(page.context["rows"]) == rows


def test_the_print_says_what_the_report_says(lead_owner):
    report = report_of(lead_owner, complete=True)
    AnnualReport.objects.filter(pk=report.pk).update(plan="明年完成𠮷字样机。")
    answer = as_(lead_owner).get(url("pdf", report))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    pages = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    plain = "".join(text.split())
    assert report.consortium.name in plain
    assert "明年完成𠮷字样机。" in plain
    assert "2026" in plain
