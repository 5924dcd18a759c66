"""The lifecycle through its one door: every arrow, every guard, every role."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from filings.assessment import findings_of
from filings.eligibility.engine import Level
from filings.models import Comment, Consortium, CreditRecord, Event, Submission
from filings.operation import close_objection, receive_objection
from filings.states import MOVES, Action, Actor, Status
from filings.transitions import Conflict, NotPermitted, Refused, perform, perform_due
from tests.factories import ConsortiumFactory, comment_on, staff, upheld_case
from tests.undone import taken_back

pytestmark = pytest.mark.django_db

LATER = timedelta(days=4000)
CAST = ("lead_owner", "lead2_owner", "member_user", "intake", "reviewer", "decider", "auditor",
        "administrator", "stranger")  # fmt: skip


def made(status: Status, lead_owner=None, **kwargs) -> Consortium:
    if lead_owner:
        kwargs |= {"lead_unit": lead_owner.memberships.get().unit, "created_by": lead_owner}
    return ConsortiumFactory(**{str(status): True}, **kwargs)


def payload_for(action: Action, consortium: Consortium) -> dict:
    """What the move asks for, so that only the table and the person decide."""
    today = timezone.localdate()
    if action == Action.SUBMIT:
        consortium.comments.update(answer="已补充。")
        return {"signed_name": "甲示例"}
    if action == Action.RETURN and consortium.submissions.exists():
        comment_on(consortium)
    if action == Action.TERMINATE:
        return {"closing_reason": "completed"}
    if action == Action.REVOKE:
        return {"credit_case": upheld_case(consortium)}
    if action == Action.REJECT:
        return {"clause": "3.1"}
    if action in (Action.LAPSE, Action.EXPIRE, Action.FILE):
        return {"on": today + LATER}
    return {}


def actor_for(action: Action, status: Status, lead_owner, decider):
    who = MOVES[action].who.get(status)
    if who == Actor.LEAD or who is None:
        return lead_owner
    if who == Actor.CALENDAR:
        return Actor.CALENDAR
    return decider if who == Role.DECIDER else staff(who)


def take(consortium: Consortium, action: Action, actor, **payload) -> None:
    """Take a move as a person or as the calendar, which passes by what is not due."""
    if actor != Actor.CALENDAR:
        perform(consortium.pk, action, actor=actor, reason="理由", **payload)
    elif not perform_due(action, payload["on"], after=consortium.pk - 1, most=1):
        raise Refused("not due")


@pytest.mark.parametrize("status", Status)
def test_a_move_is_possible_exactly_where_the_table_says(status, lead_owner, decider, subtests):
    pk = made(status, lead_owner).pk
    for action in Action:
        with subtests.test(str(action)), taken_back():
            consortium = Consortium.objects.get(pk=pk)
            actor = actor_for(action, status, lead_owner, decider)
            payload = payload_for(action, consortium)
            events = consortium.events.count()
            if status not in MOVES[action].sources:
                with pytest.raises(Refused):
                    take(consortium, action, actor, **payload)
                consortium.refresh_from_db()
                assert (consortium.status, consortium.events.count()) == (status, events)
                continue
            take(consortium, action, actor, **payload)
            consortium.refresh_from_db()
            assert consortium.status == MOVES[action].target
            assert consortium.events.count() == events + 1
            last = consortium.events.last()
            assert (last.from_status, last.to_status) == (status, consortium.status)
            assert last.actor == (None if actor == Actor.CALENDAR else actor)


@pytest.mark.parametrize("action", Action)
def test_every_role_takes_only_its_own_moves(action, lead_owner, request, subtests):
    people = {cast: request.getfixturevalue(cast) for cast in CAST}
    roles = {"intake": Role.INTAKE, "reviewer": Role.REVIEWER, "decider": Role.DECIDER}
    for status in MOVES[action].sources:
        consortium = made(status, lead_owner)
        who = MOVES[action].who[status]
        for cast, actor in people.items():
            may = (who == Actor.LEAD and cast == "lead_owner") or who == roles.get(cast)
            with subtests.test(cast, status=str(status)), taken_back():
                # What the calendar does later is nobody's to do before.
                payload = {} if who == Actor.CALENDAR else payload_for(action, consortium)
                with nullcontext() if may else pytest.raises(NotPermitted):
                    perform(consortium.pk, action, actor=actor, reason="理由", **payload)


@pytest.mark.parametrize("cast", ["reviewer", "superuser"])
@pytest.mark.parametrize("action", [Action.PUBLISH, Action.REJECT, Action.FILE])
def test_who_recommended_may_not_decide(action, cast, lead_owner, decider, request):
    both = request.getfixturevalue(cast)
    both.groups.add(*decider.groups.all())
    consortium = made(Status.UNDER_REVIEW, lead_owner)
    perform(consortium.pk, Action.RECOMMEND, actor=both)
    if action == Action.FILE:
        perform(consortium.pk, Action.PUBLISH, actor=decider)

    with pytest.raises(NotPermitted, match="another person|另一"):
        perform(consortium.pk, action, actor=both, reason="理由", on=timezone.localdate() + LATER)


def test_the_database_refuses_one_person_for_both(lead_owner, decider):
    consortium = made(Status.RECOMMENDED, lead_owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consortium.objects.filter(pk=consortium.pk).update(decided_by=consortium.recommended_by)


def test_submission_is_refused_with_a_block(lead_owner):
    consortium = made("complete", lead_owner)
    Consortium.objects.filter(pk=consortium.pk).update(bottleneck="")
    with pytest.raises(Refused):
        perform(consortium.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert not Submission.objects.exists()


def test_submission_is_refused_until_a_warning_is_justified(lead_owner):
    consortium = made("complete", lead_owner)
    consortium.members.filter(kind="university").delete()
    with pytest.raises(Refused):
        perform(consortium.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    reason = "本联合体的高校以委托研发方式参与，双方已另签协议，不作为成员单位。"
    for finding in findings_of(consortium):
        if finding.level == Level.WARN:
            consortium.justifications.create(rule=finding.rule, text=reason)
    perform(consortium.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert reason in Submission.objects.get().justifications.values()


def test_submission_freezes_the_filing(lead_owner):
    consortium = made(Status.SUBMITTED, lead_owner)
    submission = consortium.submissions.get()
    assert submission.content["lead"]["uscc"] == consortium.lead_unit.uscc
    assert submission.content["agreement"]["documents"][0]["sha256"]
    assert len(submission.digest) == 64
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(digest="")


def test_a_correction_needs_comments_and_answers(lead_owner, intake):
    consortium = made(Status.SUBMITTED, lead_owner)
    with pytest.raises(Refused):
        perform(consortium.pk, Action.RETURN, actor=intake)
    comment_on(consortium)
    perform(consortium.pk, Action.RETURN, actor=intake, on=date(2026, 2, 13))
    consortium.refresh_from_db()
    assert Comment.objects.get().sent_at is not None
    # Ten working days over Spring Festival 2026, by the State Council's notice.
    assert consortium.correction_due_on == date(2026, 3, 5)

    again = {"actor": lead_owner, "signed_name": "甲示例", "on": date(2026, 3, 5)}
    with pytest.raises(Refused):
        perform(consortium.pk, Action.SUBMIT, **again)
    Comment.objects.update(answer="已补充。")
    perform(consortium.pk, Action.SUBMIT, **again)
    assert consortium.submissions.count() == 2


def test_unsent_comments_stop_acceptance(lead_owner, intake):
    consortium = made(Status.SUBMITTED, lead_owner)
    comment_on(consortium)
    with pytest.raises(Refused):
        perform(consortium.pk, Action.ACCEPT, actor=intake)


def test_filing_waits_for_the_notice_and_its_objections(lead_owner, decider):
    consortium = made(Status.PUBLIC_NOTICE, lead_owner)
    end = consortium.notice_ends_on
    objection = receive_objection(
        consortium, objector="某单位", contact="x@example.com", text="异议"
    )
    with pytest.raises(Refused):
        perform(consortium.pk, Action.FILE, actor=decider, on=end)
    with pytest.raises(Refused):
        perform(consortium.pk, Action.FILE, actor=decider, on=end + timedelta(days=1))
    close_objection(objection, user=decider, answer="经核实不成立。", outcome="not_upheld")
    perform(consortium.pk, Action.FILE, actor=decider, on=end + timedelta(days=1))


def test_filing_gives_number_term_and_code(lead_owner, decider):
    first = made(Status.PUBLIC_NOTICE, lead_owner, on=date(2028, 2, 1))
    perform(first.pk, Action.FILE, actor=decider, on=date(2028, 2, 29))
    second = made(Status.PUBLIC_NOTICE, on=date(2028, 2, 1))
    perform(second.pk, Action.FILE, actor=decider, on=date(2028, 3, 1))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.filing_number == "宁创联备〔2028〕1号"
    assert second.filing_number == "宁创联备〔2028〕2号"
    assert (first.starts_on, first.ends_on) == (date(2028, 2, 29), date(2031, 2, 28))
    assert first.verification_code != second.verification_code


def test_a_credit_record_stops_the_filing(lead_owner, decider):
    consortium = made(Status.PUBLIC_NOTICE, lead_owner)
    case = upheld_case(made(Status.ACTIVE, lead_owner))
    with pytest.raises(Refused):
        perform(consortium.pk, Action.FILE, actor=decider, on=timezone.localdate() + LATER)
    CreditRecord.objects.filter(case=case).update(lifted_on=timezone.localdate())
    perform(consortium.pk, Action.FILE, actor=decider, on=timezone.localdate() + LATER)


def test_a_refused_filing_leaves_no_gap_in_the_numbers(lead_owner, decider):
    consortium = made(Status.PUBLIC_NOTICE, lead_owner, on=date(2026, 3, 2))
    with pytest.raises(RuntimeError), transaction.atomic():
        perform(consortium.pk, Action.FILE, actor=decider, on=date(2026, 5, 6))
        raise RuntimeError("the transaction is rolled back")
    perform(consortium.pk, Action.FILE, actor=decider, on=date(2026, 5, 6))
    consortium.refresh_from_db()
    assert consortium.filing_serial == 1


@pytest.mark.parametrize("case", ["none", "open", "other unit"])
def test_revocation_needs_an_upheld_case_against_the_lead(case, lead_owner, decider):
    consortium = made(Status.ACTIVE, lead_owner)
    found = None if case == "none" else upheld_case(consortium)
    if case == "open":
        found.outcome = "open"
    if case == "other unit":
        found.unit = consortium.members.first().unit
    with pytest.raises(Refused):
        perform(consortium.pk, Action.REVOKE, actor=decider, reason="x", credit_case=found)


def test_the_second_of_two_is_told_who_was_quicker(lead_owner, intake):
    consortium = made(Status.SUBMITTED, lead_owner)
    seen = consortium.version
    perform(consortium.pk, Action.ACCEPT, actor=intake, expected_version=seen)
    with pytest.raises(Conflict) as told:
        perform(consortium.pk, Action.ACCEPT, actor=intake, expected_version=seen)
    assert str(intake) in str(told.value.message)


def test_the_lead_unit_never_changes(lead_owner, lead2_owner):
    consortium = made(Status.DRAFT, lead_owner)
    other = lead2_owner.memberships.get().unit
    consortium = Consortium.objects.get(pk=consortium.pk)
    consortium.lead_unit = other
    with pytest.raises(Exception, match="never changes|不得|不可"):
        consortium.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consortium.objects.update(lead_unit=other)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_unit SET uscc = '91320115XX0001011D'")


def test_history_is_append_only(lead_owner):
    made(Status.SUBMITTED, lead_owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.all()._raw_delete("default")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(st.sampled_from(list(Action)), max_size=12))
def test_no_sequence_of_moves_leaves_the_diagram(moves, lead_owner, decider):
    with transaction.atomic():
        consortium = ConsortiumFactory(
            complete=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
        )
        status = Status.DRAFT
        for action in moves:
            actor = actor_for(action, status, lead_owner, decider)
            payload = payload_for(action, consortium)
            try:
                take(consortium, action, actor, **payload)
            except Refused:
                pass
            else:
                assert status in MOVES[action].sources
                status = MOVES[action].target
            consortium.refresh_from_db()
            assert consortium.status == status
        transaction.set_rollback(True)
