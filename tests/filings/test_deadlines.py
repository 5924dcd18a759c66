"""Every deadline of a filing as data: its day, who owes it, and how it is counted."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from filings import deadlines
from filings.deadlines import Kind
from filings.models import Consortium, Member
from filings.workdays import add_workdays, workdays_left
from tests.casework import duty_of
from tests.factories import ConsortiumFactory, upheld_case

pytestmark = pytest.mark.django_db

ONE = timedelta(days=1)


def led(user, **fields) -> Consortium:
    return ConsortiumFactory(lead_unit=user.memberships.get().unit, created_by=user, **fields)


def of(user, today=None) -> list:
    units = [user.memberships.get().unit_id]
    return list(deadlines.of_units(units, today or timezone.localdate()))


def test_a_correction_is_due_on_its_day_and_owed_by_the_lead(lead_owner):
    consortium = led(lead_owner, returned=True)
    (found,) = of(lead_owner)
    assert (found.kind, found.day) == (Kind.CORRECTION, consortium.correction_due_on)
    assert (found.owed_by, found.subject) == (consortium.lead_unit.name, consortium.name)
    assert found.left(timezone.localdate()) == workdays_left(timezone.localdate(), found.day)


def test_a_public_notice_ends_by_itself_and_is_no_more_the_day_after(lead_owner):
    consortium = led(lead_owner, public_notice=True)
    (found,) = of(lead_owner, consortium.notice_ends_on)
    assert (found.kind, found.day, found.by_itself) == (
        Kind.NOTICE_END, consortium.notice_ends_on, True,
    )  # fmt: skip
    assert of(lead_owner, consortium.notice_ends_on + ONE) == []


def test_a_term_is_counted_in_days_and_is_over_the_day_after_its_last(lead_owner):
    consortium = led(lead_owner, active=True)
    (found,) = of(lead_owner, consortium.ends_on - timedelta(days=9))
    assert (found.kind, found.day) == (Kind.EXPIRY, consortium.ends_on)
    assert found.left(consortium.ends_on - timedelta(days=9)) == 9
    assert of(lead_owner, consortium.ends_on + ONE) == []


def test_a_member_on_record_is_to_be_replaced_while_the_consortium_runs(lead_owner):
    consortium = led(lead_owner, active=True)
    duty = duty_of(upheld_case(consortium, consortium.members.first().unit))
    found = {d.kind: d for d in of(lead_owner)}
    assert found[Kind.MEMBER_CHANGE].day == duty.due_on
    assert Kind.MEMBER_CHANGE not in {d.kind for d in of(lead_owner, consortium.ends_on + ONE)}


def test_a_member_confirms_by_the_day_of_the_correction_and_else_without_a_day(
    lead_owner, member_user
):
    unit = member_user.memberships.get().unit
    consortium = led(lead_owner, complete=True)
    asked = {"unit": unit, "confirmation": "pending", "invited_at": timezone.now()}
    Member.objects.filter(pk=consortium.members.first().pk).update(**asked)
    (found,) = of(member_user)
    assert (found.kind, found.day) == (Kind.CONFIRMATION, None)
    returned = led(lead_owner, returned=True)
    Member.objects.filter(pk=returned.members.first().pk).update(**asked)
    days = {d.day for d in of(member_user)}
    assert days == {None, returned.correction_due_on}
    assert deadlines.in_order(of(member_user))[-1].day is None


def test_of_one_filing_come_its_own_deadlines_and_those_of_its_members(lead_owner):
    consortium, _other = led(lead_owner, returned=True), led(lead_owner, returned=True)
    consortium.members.update(confirmation="pending", invited_at=timezone.now())
    found = list(deadlines.of_consortium(consortium.pk, timezone.localdate()))
    assert {d.kind for d in found} == {Kind.CORRECTION, Kind.CONFIRMATION}
    assert len(found) == 3


def test_a_deadline_keeps_its_key_when_its_day_moves(lead_owner):
    consortium = led(lead_owner, returned=True)
    (before,) = of(lead_owner)
    Consortium.objects.update(correction_due_on=add_workdays(consortium.correction_due_on, 5))
    (after,) = of(lead_owner)
    assert (before.key, before.day < after.day) == (after.key, True)


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_take_the_same_queries(count, lead_owner, django_assert_num_queries):
    for _number in range(count):
        led(lead_owner, returned=True)
        led(lead_owner, active=True, on=date(2026, 3, 2))
    units = [lead_owner.memberships.get().unit_id]
    with django_assert_num_queries(5):
        found = list(deadlines.of_units(units, timezone.localdate()))
    assert len(found) == 2 * count
