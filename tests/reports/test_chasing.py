"""Officers remind of a missing report, once a day; what is in is left alone."""

from datetime import date

import pytest
from django.urls import reverse

from filings.refusals import NotPermitted, Refused
from notices.models import Message
from reports.chasing import remind
from reports.models import Extension
from reports.states import Entry, Status
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

LIST = "admin:reports_annualreport_changelist"


def step(report, name: str) -> str:
    return reverse(f"admin:reports_annualreport_{name}", args=[report.pk])


def test_the_selected_are_reminded_and_who_is_in_is_not(lead_owner, lead2_owner, intake):
    missing = report_of(lead_owner)
    report_of(lead2_owner, status=Status.SUBMITTED)
    chosen = {"action": "remind_selected", "_selected_action": [missing.pk, missing.pk + 1]}
    page = as_(intake).post(reverse(LIST), chosen, follow=True)
    assert "已向1家牵头单位催报" in page.text
    assert Message.objects.get(key__startswith="report-chased:").recipient == lead_owner
    assert missing.events.get(action=Entry.REMINDED).actor == intake


@pytest.mark.parametrize(
    ("day", "kind"), [("2027-06-30", "report_reminder"), ("2027-07-01", "report_overdue")]
)
def test_the_message_says_whether_it_is_late(day, kind, lead_owner, reviewer, first_of_june):
    report = report_of(lead_owner)
    first_of_june.move_to(f"{day}T09:00:00+08:00")
    assert as_(reviewer).post(step(report, "remind")).status_code == 302
    assert Message.objects.get(key__startswith="report-chased:").kind == kind


def test_nobody_is_reminded_twice_a_day(lead_owner, intake, reviewer, first_of_june):
    report = report_of(lead_owner)
    remind(report.pk, actor=intake)
    with pytest.raises(Refused, match="今日已催报过"):
        remind(report.pk, actor=reviewer)
    first_of_june.move_to("2027-06-02T09:00:00+08:00")
    remind(report.pk, actor=reviewer)
    assert report.events.filter(action=Entry.REMINDED).count() == 2


@pytest.mark.parametrize("cast", ["auditor", "administrator", "lead_owner"])
def test_others_remind_nobody(cast, lead_owner, request):
    report = report_of(lead_owner)
    with pytest.raises(NotPermitted):
        remind(report.pk, actor=request.getfixturevalue(cast))
    assert not report.events.exists()


def test_one_report_gets_more_time_on_its_page(lead_owner, reviewer):
    report = report_of(lead_owner)
    data = {"due_on": "2027-09-30", "reason": "停产检修。"}
    assert as_(reviewer).post(step(report, "extend"), data).status_code == 302
    report.refresh_from_db()
    assert report.due_on == date(2027, 9, 30)
    assert Extension.objects.get().report == report
