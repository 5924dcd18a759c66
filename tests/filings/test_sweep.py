"""What the calendar does to consortia: once each, in any number of runs, also after an outage."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from filings import sweep
from filings.models import Consortium, Event, Policy
from filings.notifications import announce_untold
from filings.states import Action, Status
from filings.sweep import run
from filings.transitions import perform_due
from notices.models import Message
from tests.factories import ConsortiumFactory

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 2)
LAST_DAY = date(2029, 3, 2)
ONE = timedelta(days=1)
DONE = ("expired", "lapsed", "reminded", "members_reminded", "uploads_dropped")


def of(user, **fields) -> Consortium:
    return ConsortiumFactory(
        lead_unit=user.memberships.get().unit, created_by=user, on=FILED_ON, **fields
    )


def events(action: str) -> int:
    return Event.objects.filter(action=action).count()


def test_expiry_is_true_by_the_date_alone(lead_owner):
    consortium = of(lead_owner, active=True)
    assert consortium.ends_on == LAST_DAY
    assert consortium.state_on(LAST_DAY) == Status.ACTIVE
    assert consortium.state_on(LAST_DAY + ONE) == Status.EXPIRED
    in_state = Consortium.objects.in_state
    assert in_state(Status.EXPIRED, LAST_DAY + ONE).get() == consortium
    assert not in_state(Status.ACTIVE, LAST_DAY + ONE).exists()


def test_a_term_expires_the_day_after_its_last_and_once(lead_owner):
    consortium = of(lead_owner, active=True)
    assert run(LAST_DAY)["expired"] == 0
    assert run(LAST_DAY + ONE)["expired"] == 1
    assert run(LAST_DAY + ONE)["expired"] == 0
    consortium.refresh_from_db()
    assert consortium.status == Status.EXPIRED
    assert events("expire") == 1
    assert Message.objects.filter(recipient=lead_owner, kind="filing_expire").count() == 1


def test_a_correction_lapses_the_day_after_its_due_day_and_once(lead_owner):
    consortium = of(lead_owner, returned=True)
    due = consortium.correction_due_on
    assert run(due)["lapsed"] == 0
    assert run(due + ONE)["lapsed"] == 1
    assert run(due + ONE)["lapsed"] == 0
    consortium.refresh_from_db()
    assert consortium.status == Status.LAPSED
    assert events("lapse") == 1


def test_after_an_outage_it_catches_up_with_everything(lead_owner):
    terms = [of(lead_owner, active=True) for _consortium in range(3)]
    correction = of(lead_owner, returned=True)
    done = run(LAST_DAY + timedelta(days=400))
    assert (done["expired"], done["lapsed"], done["reminded"]) == (3, 1, 0)
    states = Consortium.objects.in_bulk([c.pk for c in (*terms, correction)])
    assert {c.status for c in states.values()} == {Status.EXPIRED, Status.LAPSED}


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.ACTIVE, Status.RETURNED)])
def test_nothing_else_is_touched(status, lead_owner):
    consortium = of(lead_owner, **{str(status): True})
    count = consortium.events.count()
    assert run(LAST_DAY + timedelta(days=400)) == dict.fromkeys(DONE, 0)
    consortium.refresh_from_db()
    assert (consortium.status, consortium.events.count()) == (status, count)


def test_each_rung_before_the_end_of_a_term_is_told_once(lead_owner):
    of(lead_owner, active=True)
    policy = Policy.objects.in_force(LAST_DAY)
    rungs = policy.rungs(policy.expiry_reminder_days)
    assert rungs
    for days in range(max(rungs) + 1, -1, -1):
        run(LAST_DAY - timedelta(days=days))
        run(LAST_DAY - timedelta(days=days))
    told = Message.objects.filter(recipient=lead_owner, kind="reminder_expiry")
    assert told.count() == len(rungs)
    assert {int(m.key.rpartition(":")[2]) for m in told} == set(rungs)


def test_after_an_outage_only_the_nearest_rung_is_told(lead_owner):
    of(lead_owner, active=True)
    run(LAST_DAY)
    assert Message.objects.filter(kind="reminder_expiry").count() == 1


def test_a_correction_is_reminded_and_after_resubmission_no_more(lead_owner):
    consortium = of(lead_owner, returned=True)
    due = consortium.correction_due_on
    run(due)
    run(due)
    told = Message.objects.filter(recipient=lead_owner, kind="reminder_correction")
    assert told.count() == 1
    assert str(consortium.name) in told.get().subject + told.get().body


def test_more_than_a_batch_is_taken_in_a_constant_number_of_queries(
    lead_owner, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(sweep, "BATCH", 2)
    terms = [of(lead_owner, active=True) for _consortium in range(5)]
    with CaptureQueriesContext(connection) as all_at_once:
        assert perform_due(Action.EXPIRE, LAST_DAY + ONE, most=2) == [c.pk for c in terms[:2]]
    with django_assert_num_queries(len(all_at_once)):
        assert perform_due(Action.EXPIRE, LAST_DAY + ONE, most=1) == [terms[2].pk]
    assert run(LAST_DAY + ONE)["expired"] == 2
    assert events("expire") == Message.objects.filter(kind="filing_expire").count() == 5


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work(lead_owner):
    terms = [of(lead_owner, active=True) for _consortium in range(4)]
    with transaction.atomic():
        mine = perform_due(Action.EXPIRE, LAST_DAY + ONE, most=2)
        with ThreadPoolExecutor() as other:
            theirs = other.submit(in_a_thread, perform_due, Action.EXPIRE, LAST_DAY + ONE).result()
    assert mine + theirs == [c.pk for c in terms]
    with transaction.atomic():
        assert announce_untold(most=3) == 3
        with ThreadPoolExecutor() as other:
            assert other.submit(in_a_thread, announce_untold).result() == 1
    assert events("expire") == Message.objects.filter(kind="filing_expire").count() == 4


def in_a_thread(work, *arguments):
    try:
        return work(*arguments)
    finally:
        connection.close()


def test_a_dry_run_names_what_is_due_and_writes_nothing(lead_owner):
    consortium = of(lead_owner, active=True)
    out = StringIO()
    call_command("sweep", on=str(LAST_DAY + ONE), dry_run=True, stdout=out)
    assert "expired: 1" in out.getvalue()
    assert consortium.filing_number in out.getvalue()
    assert (events("expire"), Message.objects.filter(kind="filing_expire").count()) == (0, 0)
