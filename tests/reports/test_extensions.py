"""A due day is moved later with a reason, for all or for one; what is late follows from it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from filings.refusals import NotPermitted, Refused
from notices.models import Message
from reports import sweep
from reports.duties import duties_of
from reports.extensions import extend, postpone
from reports.models import AnnualReport, Extension, ReportCall
from reports.states import Action, Entry, Status
from reports.transitions import perform
from tests.people import as_
from tests.reports.factories import ReportCallFactory, report_of

pytestmark = pytest.mark.django_db

DUE = date(2027, 6, 30)
LATER, LATEST = date(2027, 9, 30), date(2027, 12, 31)
WHY = "因系统升级，统一顺延。"


def test_the_leads_of_reports_that_are_not_in_are_told_the_new_day(
    lead_owner, lead2_owner, decider
):
    report = report_of(lead_owner)
    report_of(lead2_owner, status=Status.SUBMITTED)
    postpone(report.call_id, actor=decider, due_on=LATER, reason=WHY)
    assert ReportCall.objects.get().due_on == LATER
    message = Message.objects.get(kind="report_extended")
    assert message.recipient == lead_owner
    assert WHY in message.body
    entry = Extension.objects.get()
    assert (entry.due_before, entry.due_on, entry.granted_by) == (DUE, LATER, decider)


def test_one_consortium_gets_more_time_and_its_report_says_so(lead_owner, lead2_owner, reviewer):
    report, other = report_of(lead_owner), report_of(lead2_owner)
    extend(report.pk, actor=reviewer, due_on=LATER, reason=WHY)
    report.refresh_from_db()
    assert (report.due_on, other.due_on) == (LATER, DUE)
    assert list(
        Message.objects.filter(kind="report_extended").values_list("recipient", flat=True)
    ) == [lead_owner.pk]
    event = report.events.get(action=Entry.EXTENDED)
    assert (event.actor, event.reason, event.to_status) == (reviewer, WHY, Status.DRAFT)


def test_late_is_reckoned_from_the_extended_day_everywhere(lead_owner, reviewer, first_of_june):
    report = report_of(lead_owner)
    extend(report.pk, actor=reviewer, due_on=LATER, reason=WHY)
    report = AnnualReport.objects.for_list().get()
    for day, late in ((LATER, False), (date(2027, 10, 1), True)):
        assert report.is_late_on(day) is late
        assert AnnualReport.objects.missing_on(day).exists() is late
    assert duties_of(lead_owner, DUE)[0].due == LATER
    # The rung of seven days before the old day is none now.
    assert sweep.run(date(2027, 6, 23))["reports_reminded"] == 0
    assert sweep.run(date(2027, 9, 23))["reports_reminded"] == 1


def test_what_came_late_stays_late_in_lists_too(lead_owner, first_of_june):
    report = report_of(lead_owner, complete=True)
    first_of_june.move_to("2027-07-01T00:10:00+08:00")
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert list(AnnualReport.objects.came_late()) == [report]


def test_a_call_moved_past_an_extension_counts_for_all(lead_owner, reviewer, decider):
    report = report_of(lead_owner)
    extend(report.pk, actor=reviewer, due_on=date(2027, 7, 31), reason=WHY)
    postpone(report.call_id, actor=decider, due_on=LATER, reason=WHY)
    report = AnnualReport.objects.for_list().get()
    assert report.due_on == LATER
    assert not AnnualReport.objects.missing_on(LATER).exists()


@pytest.mark.parametrize("due", [DUE, date(2027, 6, 1), date(2028, 1, 1)])
def test_no_day_but_a_later_one_of_the_year_is_taken(due, lead_owner, decider):
    report = report_of(lead_owner)
    for moved, key in ((postpone, report.call_id), (extend, report.pk)):
        with pytest.raises(Refused, match="31"):
            moved(key, actor=decider, due_on=due, reason=WHY)
    assert not Extension.objects.exists()


def test_the_guidelines_last_day_is_the_last(lead_owner, decider):
    report = report_of(lead_owner)
    postpone(report.call_id, actor=decider, due_on=LATEST, reason=WHY)
    with pytest.raises(NotPermitted, match="12月31日"):
        extend(report.pk, actor=decider, due_on=LATEST, reason=WHY)


def test_a_reason_is_needed(lead_owner, decider):
    report = report_of(lead_owner)
    for moved, key in ((postpone, report.call_id), (extend, report.pk)):
        with pytest.raises(Refused, match="请填写理由"):
            moved(key, actor=decider, due_on=LATER, reason=" ")


def test_a_draft_has_no_due_day_to_move(decider):
    call = ReportCallFactory()
    with pytest.raises(NotPermitted):
        postpone(call.pk, actor=decider, due_on=LATER, reason=WHY)


def test_what_has_come_in_needs_no_extension(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.RETURNED)
    with pytest.raises(NotPermitted):
        extend(report.pk, actor=reviewer, due_on=LATER, reason=WHY)


@pytest.mark.parametrize("cast", ["lead_owner", "intake", "auditor", "administrator"])
def test_others_extend_nothing(cast, lead_owner, request):
    report, user = report_of(lead_owner), request.getfixturevalue(cast)
    for moved, key in ((postpone, report.call_id), (extend, report.pk)):
        with pytest.raises(NotPermitted):
            moved(key, actor=user, due_on=LATER, reason=WHY)
    assert not Extension.objects.exists()


@pytest.mark.parametrize("statement", ["update", "delete"])
def test_the_database_keeps_who_extended_what(statement, lead_owner, reviewer):
    report = report_of(lead_owner)
    extension = extend(report.pk, actor=reviewer, due_on=LATER, reason=WHY)
    rows = Extension.objects.filter(pk=extension.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(reason="x") if statement == "update" else rows.delete()
    assert rows.get().reason == WHY


@pytest.mark.parametrize(
    "changed", [{"title": "x"}, {"due_on": date(2027, 6, 29)}, {"published_at": None}]
)
def test_the_database_keeps_a_published_call(changed):
    call = ReportCallFactory(published=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportCall.objects.filter(pk=call.pk).update(**changed)


def test_the_lead_reads_on_its_page_until_when_it_has_time(lead_owner, reviewer):
    report = report_of(lead_owner)
    extend(report.pk, actor=reviewer, due_on=LATER, reason=WHY)
    page = as_(lead_owner).get(f"/reports/{report.pk}/")
    assert page.context["due"] == LATER
