"""The clock of the portal: days begin and end in Shanghai, holidays are kept, and a clock that jumps
back, or runs in another zone, makes nothing happen twice or undone."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.roles import Role
from filings.deadlines import Kind
from filings.models import Consortium, CreditCase, Event, FocusField, Policy
from filings.states import Action, Status
from filings.term import last_day
from filings.transitions import perform
from nanjing_consortia import agenda
from notices.models import Message
from reports.models import AnnualReport
from reports.states import Status as ReportStatus
from reports.transitions import perform as move_report
from tests.casework import opened, upheld
from tests.changes import reported
from tests.expertise import asked, expert, policy_of_experts
from tests.factories import ConsortiumFactory, bring_to, comment_on, staff
from tests.many import filed
from tests.people import owner_of
from tests.reports.factories import ask, report_of

pytestmark = pytest.mark.django_db

ONE = timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def in_utc(day: date, *, after: bool) -> datetime:
    """The last second of a day in Shanghai, or the first after it, as a clock in UTC has it."""
    last = datetime(day.year, day.month, day.day, 15, 59, 59, tzinfo=UTC)
    return last if not after else last + timedelta(seconds=1)


def sweep() -> None:
    call_command("sweep", stdout=StringIO())


# The day on which something begins, and the last day that the policy's working days then give:
# intake 5, review 20, correction 10, statement 10 (and what the notice of 2026 says of each month).
FROM = {
    "before the National Day": (date(2026, 9, 30), 5, date(2026, 10, 13)),
    "before the Spring Festival": (date(2026, 2, 13), 5, date(2026, 2, 27)),
    "on the worked Saturday": (date(2026, 2, 14), 10, date(2026, 3, 6)),
    "over the New Year": (date(2025, 12, 30), 5, date(2026, 1, 7)),
    "over the leap day": (date(2024, 2, 28), 2, date(2024, 3, 1)),
    "over May's holidays": (date(2026, 4, 30), 10, date(2026, 5, 18)),
}


COUNTED = (
    "intake_days", "review_days", "correction_days", "statement_days", "public_notice_days",
    "decision_days", "objection_days", "case_days", "report_review_days", "member_change_days",
    "expert_days", "change_note_days",
)  # fmt: skip


@pytest.fixture(params=FROM.values(), ids=FROM)
def period(request):
    begins, days, ends = request.param
    periods = dict.fromkeys(COUNTED, days)
    Policy.objects.update(**periods, effective_from=date(2020, 1, 1))
    FocusField.objects.update(valid_from=date(2020, 1, 1))
    return begins, ends


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def kinds_of(consortium: Consortium) -> dict:
    found = agenda.of_consortium(consortium.pk, timezone.localdate())
    return {deadline.kind: deadline.day for deadline in found}


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (Status.SUBMITTED, Kind.INTAKE),
        (Status.RETURNED, Kind.CORRECTION),
        (Status.UNDER_REVIEW, Kind.REVIEW),
        (Status.RECOMMENDED, Kind.DECISION),
        (Status.PUBLIC_NOTICE, Kind.NOTICE_END),
    ],
)
def test_a_period_of_the_procedure_leaves_the_holidays_out(state, kind, period, time_machine):
    begins, ends = period
    time_machine.move_to(noon(begins))
    consortium = ConsortiumFactory(complete=True)
    bring_to(consortium, state)
    assert kinds_of(consortium)[kind] == ends


def test_a_statement_leaves_the_holidays_out(period, time_machine):
    begins, ends = period
    time_machine.move_to(noon(begins))
    consortium = ConsortiumFactory(submitted=True)
    opened(consortium, staff("reviewing_officer"))
    assert kinds_of(consortium)[Kind.STATEMENT] == ends


def brought_to(status: Status) -> Consortium:
    consortium = ConsortiumFactory(complete=True)
    bring_to(consortium, status)
    return consortium


def filing_is_due(begins: date) -> Consortium:
    consortium = brought_to(Status.PUBLIC_NOTICE)
    Consortium.objects.update(notice_starts_on=begins - 7 * ONE, notice_ends_on=begins)
    return consortium


def objection_came(begins: date) -> Consortium:
    consortium = brought_to(Status.PUBLIC_NOTICE)
    consortium.objections.create(objector="x", contact="x", text="x", received_at=noon(begins))
    return consortium


def statement_is_over(begins: date) -> Consortium:
    case = opened(ConsortiumFactory(submitted=True), staff("reviewing_officer"))
    CreditCase.objects.update(statement_due_on=begins)
    return case.consortium


def case_was_put_up(begins: date) -> Consortium:
    consortium = statement_is_over(begins - ONE)
    CreditCase.objects.update(proposed_at=noon(begins), proposed_by=staff("reviewing_officer"))
    return consortium


def experts_were_asked(begins: date) -> Consortium:
    policy_of_experts()
    consortium = brought_to(Status.UNDER_REVIEW)
    asked(consortium, expert())
    return consortium


def member_is_to_go(begins: date) -> Consortium:
    Policy.objects.update(public_notice_days=5)
    consortium = ConsortiumFactory(active=True)
    member, officer, decider = consortium.members.first(), staff(Role.REVIEWER), staff(Role.DECIDER)
    case = opened(consortium, officer, unit=member.unit)
    upheld(case, owner_of(member.unit, "speaker"), officer, decider)
    return consortium


def change_was_reported(begins: date) -> Consortium:
    Policy.objects.update(public_notice_days=5)
    consortium = ConsortiumFactory(active=True)
    reported(consortium, user=consortium.lead_unit.memberships.first().user)
    return consortium


def report_came(begins: date) -> Consortium:
    """A report that lies with the bureau, of a consortium that runs on the day."""
    with time_machine.travel("2027-05-10T10:00:00+08:00"):
        Policy.objects.update(public_notice_days=5)
        report = report_of(status=ReportStatus.SUBMITTED)
    AnnualReport.objects.update(submitted_at=noon(begins))
    Consortium.objects.update(starts_on=begins - 400 * ONE, ends_on=begins + 600 * ONE)
    return report.consortium


def report_was_returned(begins: date) -> Consortium:
    consortium = report_came(begins)
    report = AnnualReport.objects.get()
    ask(report)
    move_report(report.pk, "return", actor=staff(Role.REVIEWER))
    return consortium


@pytest.mark.parametrize(
    ("waits", "kind"),
    [
        (filing_is_due, Kind.FILING),
        (objection_came, Kind.OBJECTION),
        (statement_is_over, Kind.PROPOSAL),
        (case_was_put_up, Kind.CASE_DECISION),
        (experts_were_asked, Kind.EXPERT_SCORES),
        (member_is_to_go, Kind.MEMBER_CHANGE),
        (change_was_reported, Kind.CHANGE_NOTE),
        (report_came, Kind.REPORT_REVIEW),
        (report_was_returned, Kind.REPORT_CORRECTION),
    ],
)
def test_what_follows_later_leaves_the_holidays_out_too(waits, kind, period):
    begins, ends = period
    with time_machine.travel(noon(begins)):
        consortium = waits(begins)
    found = agenda.of_consortium(consortium.pk, begins + ONE)
    assert {deadline.kind: deadline.day for deadline in found}[kind] == ends


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2026, 3, 1), date(2029, 3, 1)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(2025, 12, 31), date(2028, 12, 31)),
        (
            date(2026, 10, 1),
            date(2029, 10, 1),
        ),  # its last day is a holiday and ends it all the same
    ],
)
def test_a_term_ends_on_the_corresponding_day_at_its_last_second(starts, ends, time_machine):
    assert last_day(starts, 36) == ends
    filed(1, ends_on=ends)
    Consortium.objects.update(ends_on=ends)
    for after, state in ((False, Status.ACTIVE), (True, Status.EXPIRED)):
        time_machine.move_to(in_utc(ends, after=after), tick=False)
        sweep()
        assert Consortium.objects.get().status == state
    assert Event.objects.filter(action=Action.EXPIRE).count() == 1


def test_a_correction_is_in_time_until_the_last_second_of_its_day(time_machine):
    time_machine.move_to(noon(date(2026, 9, 30)), tick=False)
    consortium = ConsortiumFactory(returned=True)
    consortium.comments.update(resolved=True)
    due = consortium.correction_due_on
    time_machine.move_to(in_utc(due, after=False), tick=False)
    sweep()
    perform(
        consortium.pk, Action.SUBMIT, signed_name="甲示例",
        actor=consortium.lead_unit.memberships.first().user,
    )  # fmt: skip
    time_machine.move_to(in_utc(due, after=True), tick=False)
    sweep()
    consortium.refresh_from_db()
    assert consortium.status == Status.SUBMITTED


def test_a_correction_lapses_with_the_first_second_after_its_day(time_machine):
    time_machine.move_to(noon(date(2026, 9, 30)), tick=False)
    consortium = ConsortiumFactory(returned=True)
    for after, status in ((False, Status.RETURNED), (True, Status.LAPSED)):
        time_machine.move_to(in_utc(consortium.correction_due_on, after=after), tick=False)
        sweep()
        consortium.refresh_from_db()
        assert consortium.status == status


@pytest.mark.parametrize("back", [timedelta(hours=1), ONE, timedelta(days=40)], ids=str)
def test_a_clock_that_jumps_back_does_nothing_twice_and_undoes_nothing(back, time_machine):
    ends = date(2029, 3, 2)
    filed(2, ends_on=ends)
    ahead = ends + timedelta(days=7)
    Consortium.objects.filter(pk=Consortium.objects.last().pk).update(ends_on=ahead)
    time_machine.move_to(in_utc(ends, after=True), tick=False)
    sweep()
    states = list(Consortium.objects.order_by("pk").values_list("status", flat=True))
    messages, events = Message.objects.count(), Event.objects.count()
    assert sorted(states) == [Status.ACTIVE, Status.EXPIRED]
    time_machine.shift(-back)
    sweep()
    assert list(Consortium.objects.order_by("pk").values_list("status", flat=True)) == states
    assert (Message.objects.count(), Event.objects.count()) == (messages, events)
    time_machine.shift(back)
    sweep()
    assert (Message.objects.count(), Event.objects.count()) == (messages, events)


def test_a_comment_is_due_whatever_the_zone_of_the_machine(time_machine):
    """18:00 in UTC is the next day in Shanghai: periods count from that one."""
    time_machine.move_to(datetime(2026, 9, 29, 18, tzinfo=UTC), tick=False)
    consortium = ConsortiumFactory(submitted=True)
    comment_on(consortium)
    perform(consortium.pk, Action.RETURN, actor=staff("intake_officer"))
    consortium.refresh_from_db()
    days = Policy.objects.in_force().correction_days
    assert days == 10
    assert consortium.correction_due_on == date(2026, 10, 20)
