"""The life of a change: every action in every status by every role, and what each leaves behind."""

from datetime import date

import pytest
import time_machine
from django.utils import translation

from filings.change_states import MOVES, ChangeAction, ChangeStatus
from filings.change_transitions import perform
from filings.models import Change, Event
from filings.refusals import Conflict, NotPermitted, Refused
from notices.models import Message
from tests.changes import change_in, confirm_all, drafted, editor_of, reported, signed
from tests.factories import ConsortiumFactory, UnitFactory, UniversityFactory
from tests.undone import taken_back

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 2)
LEAD, BUREAU = ("lead_owner", "lead_editor"), ("reviewer", "superuser")
CAST = ("lead_owner", "lead_editor", "lead_reader", "member_user", "intake", "reviewer",
        "auditor", "superuser")  # fmt: skip


@pytest.fixture(autouse=True)
def during_the_term():
    with (
        time_machine.travel("2027-06-01T09:00:00+08:00", tick=False) as clock,
        translation.override("en"),
    ):
        yield clock


@pytest.fixture
def consortium(lead_owner):
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(active=True, lead_unit=unit, created_by=lead_owner, on=FILED_ON)


def state_of(change: Change) -> tuple:
    change.refresh_from_db()
    return change.status, change.version, Event.objects.count(), Message.objects.count()


@pytest.mark.parametrize("status", ChangeStatus.values)
def test_every_action_in_every_status(status, consortium, lead_owner, reviewer, subtests):
    pk = change_in(status, consortium, user=lead_owner, by=reviewer).pk
    for action in ChangeAction.values:
        with subtests.test(str(action)), taken_back():
            change, move = Change.objects.get(pk=pk), MOVES[ChangeAction(action)]
            if action == "report" and status == "awaiting":
                confirm_all(change)
            before = state_of(change)
            actor = lead_owner if move.who == "lead" else reviewer
            if status not in move.sources:
                with pytest.raises(Refused):
                    perform(change.pk, action, actor=actor, reason="理由")
                assert state_of(change) == before
                continue
            event = perform(change.pk, action, actor=actor, reason="理由")
            change.refresh_from_db()
            assert change.status == move.target
            assert event.data["change"] == change.pk
            assert consortium.events.last() == event


@pytest.mark.parametrize("action", ChangeAction.values)
def test_every_action_by_every_role(action, consortium, lead_owner, reviewer, request, subtests):
    people = {cast: request.getfixturevalue(cast) for cast in CAST}
    move = MOVES[ChangeAction(action)]
    change = change_in(str(move.sources[0]), consortium, user=lead_owner, by=reviewer)
    if action == "report":
        confirm_all(change)
    before = state_of(change)
    for cast, user in people.items():
        with subtests.test(cast), taken_back():
            if cast in (LEAD if move.who == "lead" else BUREAU):
                perform(change.pk, action, actor=user, reason="理由")
                change.refresh_from_db()
                assert change.status == move.target
            else:
                with pytest.raises(NotPermitted):
                    perform(change.pk, action, actor=user, reason="理由")
                assert state_of(change) == before


def test_a_return_needs_its_reason_and_the_lead_unit_reads_it(consortium, lead_owner, reviewer):
    change = reported(consortium, user=lead_owner)
    with pytest.raises(Refused, match="mended"):
        perform(change.pk, "return", actor=reviewer, reason=" ")
    perform(change.pk, "return", actor=reviewer, reason="请补盖公章。")
    change.refresh_from_db()
    assert change.to_mend == "请补盖公章。"
    assert Message.objects.filter(recipient=lead_owner, kind="filing_change_return").count() == 1


def test_two_officers_at_once_one_wins_and_the_other_is_told(
    consortium, lead_owner, reviewer, superuser
):
    change = reported(consortium, user=lead_owner)
    perform(change.pk, "note", actor=reviewer, expected_version=change.version)
    with pytest.raises(Conflict) as told:
        perform(change.pk, "return", actor=superuser, reason="x", expected_version=change.version)
    assert str(reviewer) in str(told.value.message)
    change.refresh_from_db()
    assert (change.status, change.noted_by) == ("noted", reviewer)


def test_a_joining_member_is_one_from_its_day(consortium, lead_owner, reviewer):
    unit = UnitFactory(name="南京示例北辰机器人有限公司")
    change = reported(
        consortium, user=lead_owner, kind="join", unit=unit, effective_on=date(2027, 7, 1)
    )
    member = change.member
    assert (member.joined_on, member.confirmation) == (date(2027, 7, 1), "confirmed")
    assert member not in consortium.members.present_on(date(2027, 6, 30))
    assert member in consortium.members.present_on(date(2027, 7, 1))
    perform(change.pk, "return", actor=reviewer, reason="请补盖公章。")
    assert member not in consortium.members.present_on(date(2027, 7, 1))


def test_a_joining_member_that_has_not_confirmed_stops_the_report(consortium, lead_owner):
    change = signed(
        drafted(consortium, user=lead_owner, kind="join", unit=UnitFactory()), user=lead_owner
    )
    perform(change.pk, "ask", actor=lead_owner)
    with pytest.raises(Refused, match="not confirmed"):
        perform(change.pk, "report", actor=lead_owner)


def test_giving_up_a_joining_member_leaves_no_member_behind(consortium, lead_owner):
    unit = UnitFactory()
    change = drafted(consortium, user=lead_owner, kind="join", unit=unit)
    perform(change.pk, "drop", actor=lead_owner)
    assert not consortium.members.filter(unit=unit).exists()
    again = drafted(consortium, user=lead_owner, kind="join", unit=unit)
    assert again.member.unit == unit


def test_a_unit_that_left_may_join_again_and_never_twice_at_once(consortium, lead_owner):
    member = consortium.members.first()
    leave = reported(
        consortium, user=lead_owner, kind="leave", member=member, effective_on=date(2026, 9, 1)
    )
    back = reported(
        consortium, user=lead_owner, kind="join", unit=member.unit, effective_on=date(2026, 12, 1)
    )
    days = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 11, 30), date(2026, 12, 1))
    there = [consortium.members.present_on(d).filter(unit=member.unit).count() for d in days]
    assert there == [1, 0, 0, 1]
    with pytest.raises(Refused, match="builds on it"):
        perform(leave.pk, "withdraw", actor=lead_owner)
    perform(back.pk, "withdraw", actor=lead_owner)
    perform(leave.pk, "withdraw", actor=lead_owner)
    member.refresh_from_db()
    assert member.left_on is None


def test_the_last_university_leaves_only_with_a_written_reason(consortium, lead_owner):
    university = consortium.members.get(kind="university")
    change = drafted(consortium, user=lead_owner, kind="leave", member=university)
    signed(change, user=lead_owner)
    change.refresh_from_db()
    kept = change.justifications.pop("academic_member")
    change.save()
    perform(change.pk, "ask", actor=lead_owner)
    confirm_all(change)
    with pytest.raises(Refused, match="no university"):
        perform(change.pk, "report", actor=lead_owner)
    change.refresh_from_db()
    change.justifications["academic_member"] = kept
    change.save()
    perform(change.pk, "report", actor=lead_owner)
    change.refresh_from_db()
    assert "academic_member" in {finding["rule"] for finding in change.findings}


def test_what_a_filing_lacked_before_does_not_stop_a_change(consortium, lead_owner):
    type(consortium).objects.filter(pk=consortium.pk).update(bottleneck="", goals="")
    assert reported(consortium, user=lead_owner).status == "reported"


def test_mending_after_the_term_is_possible_for_what_was_reported_in_time(
    consortium, lead_owner, reviewer, during_the_term
):
    change = change_in("returned", consortium, user=lead_owner, by=reviewer)
    late = change_in("awaiting", consortium, user=lead_owner)
    confirm_all(late)
    during_the_term.move_to("2029-03-03T09:00:00+08:00")
    perform(change.pk, "ask", actor=lead_owner)
    perform(change.pk, "report", actor=lead_owner)
    with pytest.raises(Refused, match="running"):
        perform(late.pk, "report", actor=lead_owner)


def test_all_concerned_are_told_when_it_is_noted(consortium, lead_owner, reviewer):
    members = [editor_of(m.unit) for m in consortium.members.all()]
    change_in("noted", consortium, user=lead_owner, by=reviewer)
    told = Message.objects.filter(kind="filing_change_note")
    assert {message.recipient for message in told} == {lead_owner, *members}


def test_a_confirmation_falls_when_the_change_is_edited(consortium, lead_owner):
    change = change_in("awaiting", consortium, user=lead_owner, kind="strategic_plan")
    confirm_all(change)
    perform(change.pk, "reopen", actor=lead_owner)
    perform(change.pk, "ask", actor=lead_owner)
    assert not change.confirmations.exclude(answer="confirmed").exists()
    perform(change.pk, "reopen", actor=lead_owner)
    Change.objects.filter(pk=change.pk).update(reason="另一个理由")
    perform(change.pk, "ask", actor=lead_owner)
    assert not change.confirmations.exclude(answer="pending").exists()


def test_a_university_joins_as_any_other(consortium, lead_owner):
    unit = UniversityFactory.build().unit
    unit.save()
    change = reported(consortium, user=lead_owner, kind="join", unit=unit)
    assert change.member.kind == "university"
