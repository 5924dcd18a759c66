"""The bureau's side of reports: read by the officers, judged by the reviewing one."""

import pytest
from django.urls import reverse

from notices.models import Message
from reports.models import AnnualReport, ReportComment
from reports.states import Status
from tests.people import as_
from tests.reports.factories import ask, report_of

pytestmark = pytest.mark.django_db


def url(name: str, pk: int) -> str:
    return reverse(f"admin:reports_{name}", args=[pk])


def test_the_reviewer_accepts(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    client = as_(reviewer)
    assert client.get(url("annualreport_change", report.pk)).status_code == 200
    answer = client.post(
        url("annualreport_accept", report.pk), {"expected_version": report.version}
    )
    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.status == Status.ACCEPTED
    assert report.accepted_at is not None


def test_the_reviewer_returns_with_comments(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    ask(report, reviewer)
    data = {"expected_version": report.version}
    assert as_(reviewer).post(url("annualreport_return", report.pk), data).status_code == 302
    assert AnnualReport.objects.get().status == Status.RETURNED
    assert ReportComment.objects.get().sent_at is not None
    assert Message.objects.filter(recipient=lead_owner, kind="report_return").exists()


def test_a_return_without_comments_is_refused_with_words(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    data = {"expected_version": report.version}
    page = as_(reviewer).post(url("annualreport_return", report.pk), data)
    assert page.context["refusal"]
    assert AnnualReport.objects.get().status == Status.SUBMITTED


def test_who_looked_at_an_old_version_is_told_and_nothing_is_sent(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    ask(report, reviewer)
    data = {"expected_version": report.version - 1}
    page = as_(reviewer).post(url("annualreport_return", report.pk), data)
    assert page.context["refusal"]
    assert ReportComment.objects.get().sent_at is None
    assert AnnualReport.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize("version", ["", "abc"])
def test_a_broken_form_is_no_crash(version, lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    data = {"expected_version": version}
    page = as_(reviewer).post(url("annualreport_accept", report.pk), data)
    assert page.context["form"].errors
    assert AnnualReport.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize("cast", ["auditor", "intake", "decider", "administrator"])
@pytest.mark.parametrize("action", ["accept", "return"])
def test_other_officers_read_and_do_not_judge(action, cast, lead_owner, request):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    client = as_(request.getfixturevalue(cast))
    assert client.get(url("annualreport_change", report.pk)).status_code == 200
    data = {"expected_version": report.version}
    assert client.post(url(f"annualreport_{action}", report.pk), data).status_code == 404
    assert AnnualReport.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize("action", ["accept", "return"])
def test_a_judgement_first_names_what_it_brings_about(action, lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    if action == "return":
        comment = ask(report, reviewer)
    en = {"Accept-Language": "en"}
    page = as_(reviewer).get(url(f"annualreport_{action}", report.pk), headers=en)
    words = {"accept": "ends the duty for that year", "return": "10 working days"}
    assert words[action] in page.text
    if action == "return":
        assert comment.text in page.text
    assert AnnualReport.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize("cast", ["lead_owner", "stranger"])
def test_units_have_no_way_into_the_bureaus_pages(cast, lead_owner, request):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    client = as_(request.getfixturevalue(cast))
    assert client.get(url("annualreport_change", report.pk)).status_code in (302, 404)
    answer = client.post(
        url("annualreport_accept", report.pk), {"expected_version": report.version}
    )
    assert answer.status_code in (302, 404)
    assert AnnualReport.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many(
    rows, lead_owner, reviewer, django_assert_num_queries
):
    for _row in range(rows):
        report_of(lead_owner, status=Status.SUBMITTED)
    client = as_(reviewer)
    with django_assert_num_queries(11):
        page = client.get(reverse("admin:reports_annualreport_changelist"))
    assert page.context["cl"].result_count == rows


def test_the_list_shows_what_is_missing_past_the_due_day(lead_owner, reviewer, first_of_june):
    missing = report_of(lead_owner)
    report_of(lead_owner, status=Status.SUBMITTED)
    first_of_june.move_to("2027-07-01T09:00:00+08:00")
    page = as_(reviewer).get(reverse("admin:reports_annualreport_changelist"), {"came": "missing"})
    assert list(page.context["cl"].result_list) == [missing]
