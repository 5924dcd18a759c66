"""A copy of a message: sent once, tried again with growing pauses, given up at last, never lost."""

from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from notices import delivery, tasks
from notices.channels.outcomes import InDoubtError
from notices.models import Delivery, Message
from tests.factories import UserFactory
from tests.notices.factories import waiting

pytestmark = pytest.mark.django_db

SERVERS = "tests.notices.test_delivery."
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class BrokenServer(EmailBackend):
    """A mail server that cannot be reached, and counts who tried."""

    tries = 0

    def open(self):
        BrokenServer.tries += 1
        raise ConnectionRefusedError("nobody listens")

    def send_messages(self, email_messages):
        self.open()


class FickleServer(EmailBackend):
    """A mail server that does at each hand-over what `plan` says next."""

    plan: list[str] = []

    def send_messages(self, messages):
        act = FickleServer.plan.pop(0) if FickleServer.plan else "take"
        if act.startswith("take"):
            super().send_messages(messages)
        if act.endswith("break off"):
            raise SMTPServerDisconnected("the line is dead")
        if act.endswith("die"):
            raise WorkerKilled
        if act == "refuse":
            raise ConnectionRefusedError("not now")


class WorkerKilled(BaseException):
    """What no code of ours catches: the process is gone at this very point."""


@pytest.fixture
def broken_server(settings):
    settings.EMAIL_BACKEND = SERVERS + "BrokenServer"
    BrokenServer.tries = 0


@pytest.fixture
def fickle_server(settings):
    settings.EMAIL_BACKEND = SERVERS + "FickleServer"
    FickleServer.plan = []
    return FickleServer


def attempt(copy) -> None:
    """One attempt at the moment it is due, and whatever breaks in it."""
    moment = copy.due_at + timedelta(seconds=1)
    with time_machine.travel(moment, tick=False), suppress(WorkerKilled):
        tasks.deliver(copy.pk)
    copy.refresh_from_db()


def test_delivering_twice_sends_once(stranger):
    copy = waiting(stranger)
    assert tasks.deliver(copy.pk) is True
    assert tasks.deliver(copy.pk) is None
    assert len(mail.outbox) == 1
    copy.refresh_from_db()
    assert (copy.status, copy.in_flight) == ("sent", False)
    assert copy.sent_at


def test_a_claimed_copy_is_left_to_its_worker(stranger):
    """What another worker took a moment ago is not due: its next attempt lies ahead."""
    later = timezone.now() + timedelta(minutes=5)
    copy = waiting(stranger, attempts=1, in_flight=True, due_at=later)
    assert tasks.deliver(copy.pk) is None
    assert not mail.outbox


def test_a_copy_that_is_gone_is_no_error():
    assert tasks.deliver(123456) is None


def test_a_failure_waits_ever_longer_and_is_given_up(stranger, broken_server):
    copy = waiting(stranger)
    waits = []
    now = timezone.now()
    for _attempt in range(delivery.MOST_ATTEMPTS):
        with time_machine.travel(now, tick=False):
            assert tasks.deliver(copy.pk) is False
            assert tasks.deliver(copy.pk) is None, "it waits before the next attempt"
        copy.refresh_from_db()
        waits.append((copy.due_at - now).total_seconds() / 60)
        now = copy.due_at
    for wait, wanted in zip(waits, [5, 10, 20, 40, 80, 160], strict=True):
        assert wanted * (1 - delivery.JITTER) <= wait <= wanted * (1 + delivery.JITTER)
    assert len(set(waits)) > 1
    assert (copy.status, copy.doubts) == ("failed", 0)
    assert copy.error == "ConnectionRefusedError: nobody listens"
    with time_machine.travel(now + timedelta(days=1)):
        assert tasks.deliver(copy.pk) is None


def test_what_failed_together_is_not_tried_again_together():
    assert len({delivery.wait_after(1) for _copy in range(50)}) > 40


def test_a_server_that_comes_back_gets_the_mail(stranger, settings, broken_server):
    copy = waiting(stranger)
    tasks.deliver(copy.pk)
    settings.EMAIL_BACKEND = LOCMEM
    with time_machine.travel(timezone.now() + timedelta(minutes=7)):
        assert tasks.deliver_due() == 1
    copy.refresh_from_db()
    assert (copy.status, copy.error) == ("sent", "")


def test_an_address_that_no_mail_can_carry_is_given_up_and_holds_nobody_up(stranger, reviewer):
    stranger.email = "two\nlines@example.com"
    stranger.save()
    bad, good = waiting(stranger, key="a"), waiting(reviewer, key="b")
    assert tasks.deliver_due() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, good.status) == ("failed", "sent")
    assert bad.error.startswith("BadHeaderError")


@pytest.mark.parametrize("act", ["take, then die", "die"])
def test_a_worker_killed_at_the_hand_over_costs_one_copy_at_most(act, stranger, fickle_server):
    """Killed before the mail left or after: nobody can know, so it is sent once more."""
    copy = waiting(stranger)
    fickle_server.plan = [act]
    attempt(copy)
    assert (copy.status, copy.in_flight) == ("pending", True)
    attempt(copy)
    assert (copy.status, copy.doubts) == ("sent", 1)
    assert len(mail.outbox) == 1 + act.startswith("take")
    assert Message.objects.count() == 1


def test_a_database_that_is_away_when_it_is_recorded_costs_one_copy_at_most(stranger, monkeypatch):
    copy = waiting(stranger)
    queryset = type(Delivery.objects.all())
    written = queryset.update

    def update(self, **values):
        if values.get("status") == "sent":
            raise OperationalError("the database is away")
        return written(self, **values)

    with monkeypatch.context() as patched:
        patched.setattr(queryset, "update", update)
        with pytest.raises(OperationalError):
            tasks.deliver(copy.pk)
    copy.refresh_from_db()
    assert (copy.status, copy.in_flight, len(mail.outbox)) == ("pending", True, 1)
    attempt(copy)
    assert (copy.status, len(mail.outbox)) == ("sent", 2)


def test_after_two_doubts_it_is_given_up_and_told_so(stranger, fickle_server):
    copy = waiting(stranger)
    fickle_server.plan = ["take, then die", "take, then die"]
    for _attempt in range(3):
        attempt(copy)
    assert (copy.status, copy.doubts) == ("failed", 2)
    assert "whether a copy left is unknown" in copy.error
    assert len(mail.outbox) == 2


def test_a_line_that_breaks_at_the_hand_over_is_a_doubt_too(stranger, fickle_server):
    copy = waiting(stranger)
    fickle_server.plan = ["take, then break off", "take, then break off"]
    attempt(copy)
    assert (copy.status, copy.doubts, copy.in_flight) == ("pending", 1, False)
    attempt(copy)
    assert (copy.status, len(mail.outbox)) == ("failed", 2)
    attempt(copy)
    assert len(mail.outbox) == 2


def test_a_worker_that_died_in_every_attempt_ends_it(stranger):
    copy = waiting(stranger, attempts=delivery.MOST_ATTEMPTS)
    assert tasks.deliver_due() == 0
    copy.refresh_from_db()
    assert copy.status == "failed"
    assert not mail.outbox


def test_a_worker_slower_than_its_lease_does_not_undo_what_the_next_one_did(
    stranger, fickle_server
):
    copy = waiting(stranger)
    slow = delivery._claim(copy.pk)
    copy.refresh_from_db()
    attempt(copy)
    assert copy.status == "sent"
    delivery._give_up_or_wait(slow, InDoubtError("much later"))
    copy.refresh_from_db()
    assert copy.status == "sent"


def test_a_round_takes_what_is_due_and_only_that(stranger):
    later = timezone.now() + timedelta(hours=1)
    waiting(stranger, key="due")
    waiting(stranger, key="later", due_at=later)
    waiting(stranger, key="failed", status="failed")
    waiting(stranger, key="held", status="held")
    assert tasks.deliver_due() == 1
    assert len(mail.outbox) == 1


def test_a_round_ends_when_the_server_is_away(stranger, broken_server):
    for number in range(10):
        waiting(stranger, key=str(number))
    assert tasks.deliver_due() == 0
    assert BrokenServer.tries == delivery.FAILURES_IN_A_ROW


ACTS = ("take", "take, then die", "die", "take, then break off", "break off", "refuse")


class WhateverBreaks(TestCase):
    @given(plan=st.lists(st.sampled_from(ACTS), max_size=12))
    def test_it_ends_sent_or_listed_and_at_most_one_copy_too_many_leaves(self, plan):
        with self.settings(EMAIL_BACKEND=SERVERS + "FickleServer"):
            FickleServer.plan = list(plan)
            mail.outbox = []
            copy = waiting(UserFactory())
            for _attempt in range(delivery.MOST_ATTEMPTS + 3):
                attempt(copy)
        assert copy.status in ("sent", "failed")
        assert len(mail.outbox) <= 2
        if copy.status == "sent":
            assert len(mail.outbox) >= 1
        if not {act for act in plan if act.endswith(("die", "break off"))}:
            assert len(mail.outbox) == (copy.status == "sent")
