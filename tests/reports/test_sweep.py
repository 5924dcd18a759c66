"""What the calendar does to reports, however often it is asked."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from filings.models import Policy
from filings.states import Action as FilingAction
from filings.transitions import perform as move
from notices.models import Message
from reports.models import AnnualReport
from reports.states import Status
from reports.sweep import run
from tests.reports.factories import ReportCallFactory, active_of, report_of

pytestmark = pytest.mark.django_db

DUE = date(2027, 6, 30)


def reminders(kind: str = "report_reminder") -> int:
    return Message.objects.filter(kind=kind).count()


def rungs() -> tuple[int, ...]:
    policy = Policy.objects.in_force(DUE)
    return tuple(policy.rungs(policy.report_reminder_days))


def test_each_rung_before_the_due_day_reminds_once(lead_owner):
    report_of(lead_owner)
    first = DUE - timedelta(days=max(rungs()))
    run(first - timedelta(days=1))
    assert reminders() == 0
    for days in range(max(rungs()) + 1):
        run(first + timedelta(days=days))
        run(first + timedelta(days=days))
    assert reminders() == len(rungs())
    assert reminders("report_overdue") == 0


def test_after_the_due_day_it_reminds_every_week(lead_owner):
    report_of(lead_owner)
    for days in range(1, 22):
        run(DUE + timedelta(days=days))
        run(DUE + timedelta(days=days))
    assert reminders("report_overdue") == 3


def test_after_an_outage_only_the_nearest_rung_is_told(lead_owner):
    report_of(lead_owner)
    run(DUE)
    assert reminders() == 1


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ACCEPTED])
def test_who_has_submitted_is_left_alone(status, lead_owner):
    report_of(lead_owner, status=status)
    run(DUE + timedelta(days=1))
    assert reminders() == reminders("report_overdue") == 0


def test_who_has_ended_meanwhile_is_left_alone(lead_owner, decider):
    report = report_of(lead_owner)
    move(
        report.consortium_id, FilingAction.TERMINATE, actor=decider, reason="任务完成",
        closing_reason="completed",
    )  # fmt: skip
    run(DUE)
    assert reminders() == 0


def test_the_command_opens_what_is_due_and_says_so(lead_owner, reviewer):
    active_of(lead_owner)
    ReportCallFactory(opens_on=date(2027, 6, 10), published=True)
    out = StringIO()
    call_command("sweep", on="2027-06-09", stdout=out)
    assert "reports_opened: 0" in out.getvalue()
    call_command("sweep", on="2027-06-10", stdout=out)
    assert "reports_opened: 1" in out.getvalue()
    call_command("sweep", on="2027-06-10", stdout=out)
    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize("day", ["2027-02-30", "tomorrow", "01/06/2027"])
def test_the_command_refuses_what_is_no_day(day):
    with pytest.raises(CommandError, match="--on"):
        call_command("sweep", on=day)
