"""A request's life through its one door: every cell of the table, every role, every guard."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.roles import Role
from filings.refusals import Conflict, NotPermitted, Refused
from filings.workdays import add_workdays
from notices.models import Message
from reports.models import SupportEvent, SupportRequest
from reports.support.kinds import Kind
from reports.support.states import MOVES, Action, Actor, Status
from reports.support.transitions import perform
from tests.reports.support.factories import REASON, RESULT, move, request_of
from tests.undone import taken_back

pytestmark = pytest.mark.django_db

ROLES = {"intake": Role.INTAKE, "reviewer": Role.REVIEWER, "decider": Role.DECIDER}
CAST = ["lead_owner", "lead_reader", "lead2_owner", "stranger", "auditor", "administrator", *ROLES]


def may(cast: str, action: Action, status: Status) -> bool:
    roles = MOVES[action].who.get(status, ())
    return ROLES.get(cast) in roles or (cast == "lead_owner" and Actor.ASKER in roles)


@pytest.mark.parametrize("status", Status)
def test_a_move_is_possible_exactly_for_whom_and_where_the_table_says(
    status, lead_owner, request, subtests
):
    people = {cast: request.getfixturevalue(cast) for cast in CAST}
    pk = request_of(lead_owner, status=status).pk
    for action in Action:
        with subtests.test(str(action)), taken_back():
            found = SupportRequest.objects.get(pk=pk)
            events = found.events.count()
            allowed = [cast for cast in CAST if may(cast, action, status)]
            for cast in CAST:
                if cast not in allowed:
                    with pytest.raises(NotPermitted if status in MOVES[action].who else Refused):
                        move(found, action, lead_owner, actor=people[cast])
            found.refresh_from_db()
            assert (found.status, found.events.count()) == (status, events)
            if not allowed:
                continue
            actor = people[allowed[-1]]
            event = move(found, action, lead_owner, actor=actor)
            found.refresh_from_db()
            assert found.status == MOVES[action].target
            assert found.events.count() == events + 1
            who = (event.from_status, event.to_status, event.actor)
            assert who == (status, found.status, actor)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_goes_its_whole_way(kind, lead_owner):
    found = request_of(lead_owner, kind=kind, status=Status.GRANTED)
    assert found.result_year == 2027
    assert found.decided_by is not None
    assert found.decided_at is not None


def test_a_submission_keeps_content_findings_and_index(lead_owner):
    found = request_of(lead_owner, status=Status.SUBMITTED)
    data = found.events.get().data
    assert data["content"]["title"] == found.title
    assert data["content"]["funds"] == "500.00"
    assert data["content"]["members"] == [found.members.get().name]
    assert {finding["level"] for finding in data["findings"]} <= {"advise"}
    assert found.year == 2027
    # 186,400 of 1,000,000 are 9.3 of 50 points; 6.4 % of 15 % are 21.3.
    assert found.priority == Decimal("30.6")
    assert [part["points"] for part in found.priority_parts] == ["9.3", "21.3"]


def test_what_is_incomplete_is_not_submitted(lead_owner):
    found = request_of(lead_owner, complete=False)
    with pytest.raises(Refused):
        perform(found.pk, Action.SUBMIT, actor=lead_owner)
    assert not SupportEvent.objects.exists()


def test_a_member_that_left_submits_nothing(lead_owner, member_user):
    unit = member_user.memberships.get().unit
    of_lead = request_of(lead_owner)
    member = of_lead.consortium.members.first()
    member.unit = unit
    member.save()
    found = request_of(member_user, kind=Kind.TALENT_PLAN, consortium=of_lead.consortium, unit=unit)
    member.left_on = date(2027, 5, 1)
    member.save()
    with pytest.raises(Refused):
        perform(found.pk, Action.SUBMIT, actor=member_user)
    found.refresh_from_db()
    assert found.status == Status.DRAFT


def test_a_returned_request_has_its_due_day_until_it_comes_back(lead_owner):
    found = request_of(lead_owner, status=Status.RETURNED)
    assert found.correction_due_on == add_workdays(date(2027, 6, 1), 10)
    move(found, Action.SUBMIT, lead_owner)
    found.refresh_from_db()
    assert found.correction_due_on is None


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (Status.SUBMITTED, Action.RETURN), (Status.SUBMITTED, Action.ASSESS),
        (Status.ASSESSED, Action.FORWARD), (Status.ASSESSED, Action.DECLINE),
        (Status.RECOMMENDED, Action.FAIL),
    ],
)  # fmt: skip
@pytest.mark.parametrize("reason", ["", " \n "])
def test_what_must_be_explained_is_refused_without_a_reason(
    reason, status, action, lead_owner, superuser
):
    found = request_of(lead_owner, status=status)
    with pytest.raises(Refused):
        perform(found.pk, action, actor=superuser, reason=reason)
    found.refresh_from_db()
    assert found.status == status


@pytest.mark.parametrize("gone", ["result_number", "result_year"])
def test_a_result_needs_what_its_kind_asks(gone, lead_owner, reviewer):
    found = request_of(lead_owner, status=Status.RECOMMENDED)
    with pytest.raises(Refused):
        perform(found.pk, Action.GRANT, actor=reviewer, result=RESULT | {gone: None})
    found.refresh_from_db()
    assert found.status == Status.RECOMMENDED


def test_a_result_is_put_right_and_the_history_keeps_what_stood_there(lead_owner, reviewer):
    found = request_of(lead_owner, status=Status.GRANTED)
    again = RESULT | {"result_amount": Decimal("350.00")}
    perform(found.pk, Action.GRANT, actor=reviewer, result=again)
    perform(found.pk, Action.FAIL, actor=reviewer, reason="上级撤销立项。")
    found.refresh_from_db()
    amounts = [
        event.data["result"]["result_amount"]
        for event in found.events.filter(action__in=(Action.GRANT, Action.FAIL))
    ]
    assert amounts == ["300.00", "350.00", None]
    assert (found.result_number, found.result_amount, found.result_year) == ("", None, None)


def test_a_need_is_passed_on_only_with_consent(lead_owner, decider):
    found = request_of(lead_owner, kind=Kind.FINANCING, status=Status.ASSESSED)
    SupportRequest.objects.update(consent=False)
    with pytest.raises(Refused):
        perform(found.pk, Action.FORWARD, actor=decider, reason="示例银行")
    perform(found.pk, Action.RECOMMEND, actor=decider)
    found.refresh_from_db()
    assert found.status == Status.RECOMMENDED


def test_the_second_of_two_is_told_who_was_quicker(lead_owner, decider, decider2):
    found = request_of(lead_owner, status=Status.ASSESSED)
    perform(found.pk, Action.RECOMMEND, actor=decider, expected_version=found.version)
    with pytest.raises(Conflict) as told:
        perform(
            found.pk, Action.DECLINE, actor=decider2, reason="x", expected_version=found.version
        )
    assert str(decider) in str(told.value.message)
    found.refresh_from_db()
    assert found.status == Status.RECOMMENDED


def test_each_move_tells_the_unit_and_whose_turn_it_is(lead_owner, intake, reviewer, decider):
    found = request_of(lead_owner, status=Status.ASSESSED)
    told = set(Message.objects.values_list("recipient__username", "kind"))
    waits = "support_waits"
    assert {("lead_owner", "support_moved"), ("intake", waits), ("reviewer", waits)} <= told
    assert ("decider", waits) in told
    # The opinion is between the officers.
    assert not Message.objects.filter(recipient=lead_owner, body__contains=REASON).exists()
    move(found, Action.DECLINE, lead_owner)
    assert Message.objects.filter(recipient=lead_owner, body__contains=REASON).exists()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.SUBMITTED, "support_moved"), (Status.RETURNED, "support_returned"),
        (Status.ASSESSED, "support_moved"), (Status.DECLINED, "support_decided"),
        (Status.GRANTED, "support_decided"),
    ],
)  # fmt: skip
def test_what_weighs_on_the_unit_is_no_news_among_others(status, kind, lead_owner):
    request_of(lead_owner, status=status)
    last = Message.objects.filter(recipient=lead_owner, kind__startswith="support").latest("pk")
    assert last.kind == kind
    assert last.body


@pytest.mark.parametrize("write", ["update", "delete"])
def test_the_history_is_append_only(write, lead_owner):
    request_of(lead_owner, status=Status.SUBMITTED)
    with pytest.raises(DatabaseError), transaction.atomic():
        if write == "update":
            SupportEvent.objects.update(reason="另一个理由")
        else:
            SupportEvent.objects.all()._raw_delete(SupportEvent.objects.db)


@pytest.mark.parametrize(
    "broken",
    [{"status": "granted"}, {"status": "recommended"}, {"status": "x"}, {"kind": "x"}],
    ids=str,
)
def test_the_database_holds_what_must_always_be_true(broken, lead_owner):
    found = request_of(lead_owner)
    with pytest.raises(DatabaseError), transaction.atomic():
        SupportRequest.objects.filter(pk=found.pk).update(**broken)
