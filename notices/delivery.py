"""Sending the copies of a message, with retries and a bound on what a crash can do.

A worker first claims the row (one UPDATE that counts the attempt, marks it as in flight and moves
the next one behind the lease), then sends, then records. Of an attempt that ends well or is
refused, the row knows. Of one whose worker was killed, or whose connection broke at the hand-over,
nobody knows whether a copy left: it is a doubt. After the first doubt the copy is tried again,
after the second it is given up and listed for staff to decide. So

- no copy is ever lost: each ends as sent or in the list of those given up;
- at most one copy too many leaves by itself, whatever crashes and however often;
- the inbox is never doubled: its entry was written before, once, and nothing here writes one.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from random import SystemRandom

from django.db.models import F
from django.utils import timezone

from notices.channels import email, sms
from notices.channels.outcomes import InDoubtError, NotSentError, UndeliverableError
from notices.models import Delivery, Message

log = logging.getLogger(__name__)

CHANNELS = {Delivery.Channel.EMAIL: email, Delivery.Channel.SMS: sms}
MOST_ATTEMPTS = 6
# One of two copies of which nothing is known may be one too many; a third would be.
MOST_DOUBTS = 1
FIRST_WAIT = timedelta(minutes=5)
# So much longer or shorter: what failed together is not tried again together.
JITTER = 0.2
# How long a worker may take for an attempt before it counts as dead.
LEASE = timedelta(minutes=5)
ROUND = 500
# So many failures one after another mean that the server is away: the round ends, and does
# not keep a worker waiting for it through hundreds of timeouts.
FAILURES_IN_A_ROW = 3

_chance = SystemRandom()


def deliver_round() -> int:
    """Try what is due, up to `ROUND` copies on each channel; return how many went out."""
    return sum(_round_of(channel) for channel in CHANNELS)


def _round_of(channel: str) -> int:
    sent = failures = 0
    due = Delivery.objects.due(timezone.now()).filter(channel=channel)
    for pk in list(due.values_list("pk", flat=True)[:ROUND]):
        went_out = deliver(pk)
        if went_out:
            sent, failures = sent + 1, 0
        elif went_out is False:
            failures += 1
        if failures == FAILURES_IN_A_ROW:
            break
    return sent


def deliver(delivery_id: int) -> bool | None:
    """Try to send one copy. Safe to call any number of times.

    True: it went out; False: it was tried and failed; None: it is not due, or another worker's.
    """
    delivery = _claim(delivery_id)
    if delivery is None:
        return None
    try:
        CHANNELS[delivery.channel].send(delivery.message)
    except (NotSentError, InDoubtError, UndeliverableError) as error:
        log.warning("delivery %s not sent: %s", delivery_id, type(error).__name__)
        _give_up_or_wait(delivery, error)
        return False
    Delivery.objects.filter(pk=delivery_id).update(
        status=Delivery.Status.SENT, sent_at=timezone.now(), in_flight=False, error=""
    )
    return True


def _claim(delivery_id: int) -> Delivery | None:
    """Take the row for this attempt, if nobody else did."""
    now = timezone.now()
    due = Delivery.objects.due(now).filter(pk=delivery_id)
    delivery = due.select_related("message__recipient").first()
    if delivery is None:
        return None
    unchanged = due.filter(attempts=delivery.attempts)
    # It is due again and still in flight: whoever had it died, or will never be heard of.
    doubts = delivery.doubts + delivery.in_flight
    if doubts > MOST_DOUBTS or delivery.attempts >= MOST_ATTEMPTS:
        unchanged.update(
            status=Delivery.Status.FAILED,
            in_flight=False,
            doubts=doubts,
            error=delivery.error or "interrupted: whether a copy left is unknown",
        )
        return None
    claimed = unchanged.update(
        attempts=F("attempts") + 1, in_flight=True, doubts=doubts, due_at=now + LEASE
    )
    delivery.attempts, delivery.doubts = delivery.attempts + 1, doubts
    return delivery if claimed else None


def _give_up_or_wait(delivery: Delivery, error: Exception) -> None:
    doubts = delivery.doubts + isinstance(error, InDoubtError)
    over = (
        isinstance(error, UndeliverableError)
        or doubts > MOST_DOUBTS
        or delivery.attempts >= MOST_ATTEMPTS
    )
    # Whoever took over meanwhile, since this took longer than the lease, has the word.
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).exclude(
        status=Delivery.Status.SENT
    ).update(
        status=Delivery.Status.FAILED if over else Delivery.Status.PENDING,
        in_flight=False,
        doubts=doubts,
        due_at=timezone.now() + wait_after(delivery.attempts),
        error=sms.masked(str(error))[:300],
    )


def wait_after(attempts: int) -> timedelta:
    """The pause after so many attempts: it doubles each time, give or take the jitter."""
    return FIRST_WAIT * 2 ** (attempts - 1) * _chance.uniform(1 - JITTER, 1 + JITTER)


def bundle(deliveries: Sequence[Delivery], digest: Message) -> None:
    """Mark the copies that are in this daily e-mail: what becomes of them is what becomes of it."""
    Delivery.objects.filter(pk__in=[row.pk for row in deliveries]).update(
        status=Delivery.Status.BUNDLED, digest=digest
    )


def send_again(deliveries) -> int:
    """Put those given up back to the start of their attempts; return how many.

    Somebody decided so who could read that a copy may have left: its doubts are over.
    """
    return deliveries.failed().update(
        status=Delivery.Status.PENDING, attempts=0, doubts=0, due_at=timezone.now()
    )
