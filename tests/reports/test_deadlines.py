"""What is due of reports: from whom, by when, and who is reminded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from filings.deadlines import Kind
from filings.models import Policy
from filings.workdays import add_workdays
from notices.models import Message
from reports import deadlines
from reports.models import AnnualReport
from reports.states import Status
from reports.sweep import run
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

ONE = timedelta(days=1)


def of(user, today=None) -> dict:
    units = [user.memberships.get().unit_id]
    found = deadlines.of_units(units, today or timezone.localdate())
    return {deadline.kind: deadline for deadline in found}


def told(user, kind: str) -> int:
    return Message.objects.filter(recipient=user, kind=kind).count()


def test_a_report_is_due_on_its_own_day_whoever_got_more_time(lead_owner):
    report = report_of(lead_owner)
    assert of(lead_owner)[Kind.REPORT].day == report.call.due_on
    later = report.call.due_on + timedelta(days=20)
    AnnualReport.objects.update(extended_to=later)
    assert of(lead_owner)[Kind.REPORT].day == later


def test_a_returned_report_is_due_on_the_day_of_its_correction_in_working_days(lead_owner):
    report = report_of(lead_owner, status=Status.RETURNED)
    found = of(lead_owner)
    assert list(found) == [Kind.REPORT_CORRECTION]
    due = found[Kind.REPORT_CORRECTION].day
    days = Policy.objects.in_force().correction_days
    assert due == report.correction_due_on == add_workdays(timezone.localdate(), days)
    run(due)
    assert (told(lead_owner, "report_correction_reminder"), told(lead_owner, "report_overdue")) == (
        1, 0,
    )  # fmt: skip
    for days in range(1, 15):
        run(due + timedelta(days=days))
    assert told(lead_owner, "report_overdue") == 2


def test_what_is_missing_is_told_to_the_reviewing_officers_once_a_week_for_a_call(
    lead_owner, lead2_owner, reviewer, decider
):
    report = report_of(lead_owner)
    report_of(lead2_owner)
    due = report.call.due_on
    run(due)
    assert told(reviewer, "reports_missing") == 0
    for days in range(1, 9):
        run(due + timedelta(days=days))
    assert (told(reviewer, "reports_missing"), told(decider, "reports_missing")) == (2, 0)
    assert "2" in Message.objects.filter(kind="reports_missing").first().subject
