"""What is told of deadlines: to whom is asked at the moment of telling, and nothing is told twice."""

from datetime import timedelta

import pytest

from accounts.models import Membership
from filings.models import Consortium, Policy
from filings.sweep import reminders, run
from notices.models import Message
from tests.factories import ConsortiumFactory
from tests.people import belonging_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(lead_owner):
    return ConsortiumFactory(
        active=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )


def told(user, kind: str = "reminder_expiry") -> list[str]:
    """The rungs that somebody was told, in the order of telling."""
    messages = Message.objects.filter(recipient=user, kind=kind).order_by("pk")
    return [message.key.rpartition(":")[2] for message in messages]


def before(consortium: Consortium, days: int):
    return consortium.ends_on - timedelta(days=days)


def test_who_is_told_is_asked_when_it_is_told(running, lead_owner):
    run(before(running, 90))
    colleague = belonging_to(running.lead_unit, "colleague", Membership.Role.EDITOR)
    lead_owner.is_active = False
    lead_owner.save()
    run(before(running, 30))
    assert (told(lead_owner), told(colleague)) == (["90"], ["30"])


def test_after_a_week_away_only_the_nearest_rung_is_told(running, lead_owner):
    run(before(running, 8))
    run(before(running, 1))
    assert told(lead_owner) == ["30", "1"]


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=25), timedelta(days=100)])
def test_a_clock_that_is_set_back_tells_nothing_anew(back, running, lead_owner):
    run(before(running, 7))
    run(before(running, 7) - back)
    assert told(lead_owner) == ["7"]
    run(before(running, 1))
    assert told(lead_owner) == ["7", "1"]


def test_a_moved_deadline_is_told_of_anew(lead_owner):
    consortium = ConsortiumFactory(
        returned=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    run(consortium.correction_due_on)
    Consortium.objects.update(correction_due_on=consortium.correction_due_on + timedelta(days=20))
    run(consortium.correction_due_on + timedelta(days=20))
    assert told(lead_owner, "reminder_correction") == ["1", "1"]


def test_a_policy_without_rungs_reminds_nobody(running):
    Policy.objects.update(expiry_reminder_days="")
    assert list(reminders(before(running, 1))) == []


def test_a_mail_says_by_the_end_of_which_day(running, lead_owner):
    lead_owner.language = "en"
    lead_owner.save()
    run(before(running, 7))
    body = Message.objects.get(kind="reminder_expiry").body
    assert "at the end of" in body
    assert running.filing_number in body
