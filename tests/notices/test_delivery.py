"""The e-mail copy of a message: sent once, tried again with growing pauses, given up at last."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from notices import delivery, tasks
from notices.models import Message

pytestmark = pytest.mark.django_db

BROKEN = "tests.notices.test_delivery.BrokenServer"


class BrokenServer(EmailBackend):
    """A mail server that cannot be reached, and counts who tried."""

    tries = 0

    def send_messages(self, messages):
        BrokenServer.tries += 1
        raise ConnectionRefusedError("nobody listens")


@pytest.fixture
def broken_server(settings):
    settings.EMAIL_BACKEND = BROKEN
    BrokenServer.tries = 0


def waiting(user, key="a", **fields) -> Message:
    fields = {"subject": "待补正", "body": "请尽快补正。", "email_due_at": timezone.now()} | fields
    return Message.objects.create(recipient=user, key=key, kind="filing_return", **fields)


def test_the_mail_carries_the_text_and_a_link(stranger, settings):
    settings.SITE_URL = "https://portal.example.com"
    message = waiting(stranger, url="/filings/7/")
    assert tasks.deliver(message.pk) is True
    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == ([stranger.email], "待补正")
    assert sent.body.startswith("请尽快补正。\n\n")
    assert sent.body.endswith("\nhttps://portal.example.com/filings/7/")
    message.refresh_from_db()
    assert message.email_status == "sent"
    assert message.email_sent_at


def test_a_message_without_an_address_has_no_link(stranger):
    tasks.deliver(waiting(stranger).pk)
    assert mail.outbox[0].body == "请尽快补正。"


def test_delivering_twice_sends_once(stranger):
    message = waiting(stranger)
    assert tasks.deliver(message.pk) is True
    assert tasks.deliver(message.pk) is None
    assert len(mail.outbox) == 1


def test_a_claimed_message_is_left_to_its_worker(stranger):
    """What another worker took a moment ago is not due: its next attempt lies ahead."""
    message = waiting(
        stranger, email_attempts=1, email_due_at=timezone.now() + timedelta(minutes=5)
    )
    assert tasks.deliver(message.pk) is None
    assert not mail.outbox


def test_a_message_that_is_gone_is_no_error():
    assert tasks.deliver(123456) is None


def test_a_failure_waits_ever_longer_and_is_given_up(stranger, broken_server):
    message = waiting(stranger)
    waits = []
    now = timezone.now()
    for _attempt in range(delivery.MOST_ATTEMPTS):
        with time_machine.travel(now, tick=False):
            assert tasks.deliver(message.pk) is False
            assert tasks.deliver(message.pk) is None, "it waits before the next attempt"
        message.refresh_from_db()
        waits.append((message.email_due_at - now).total_seconds() / 60)
        now = message.email_due_at
    assert waits == [5, 10, 20, 40, 80, 160]
    assert message.email_status == "failed"
    assert message.email_error == "ConnectionRefusedError: nobody listens"
    with time_machine.travel(now + timedelta(days=1)):
        assert tasks.deliver(message.pk) is None


def test_a_server_that_comes_back_gets_the_mail(stranger, settings, broken_server):
    message = waiting(stranger)
    tasks.deliver(message.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert tasks.deliver_due() == 1
    message.refresh_from_db()
    assert (message.email_status, message.email_error) == ("sent", "")


def test_an_address_that_no_mail_can_carry_holds_nobody_else_up(stranger, reviewer):
    stranger.email = "two\nlines@example.com"
    stranger.save()
    bad, good = waiting(stranger, key="a"), waiting(reviewer, key="b")
    assert tasks.deliver_due() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.email_status, good.email_status) == ("pending", "sent")
    assert bad.email_error.startswith("BadHeaderError")


def test_a_worker_that_died_in_every_attempt_ends_it(stranger):
    message = waiting(stranger, email_attempts=delivery.MOST_ATTEMPTS)
    assert tasks.deliver_due() == 0
    message.refresh_from_db()
    assert message.email_status == "failed"
    assert not mail.outbox


def test_a_round_takes_what_is_due_and_only_that(stranger):
    later = timezone.now() + timedelta(hours=1)
    waiting(stranger, key="due")
    waiting(stranger, key="later", email_due_at=later)
    waiting(stranger, key="failed", email_status="failed")
    assert tasks.deliver_due() == 1
    assert len(mail.outbox) == 1


def test_a_round_ends_when_the_server_is_away(stranger, broken_server):
    for number in range(10):
        waiting(stranger, key=str(number))
    assert tasks.deliver_due() == 0
    assert BrokenServer.tries == delivery.FAILURES_IN_A_ROW
