"""Sending the e-mail copy of a message, with retries and a bound on what a crash can do.

A worker first claims the row (one UPDATE that counts the attempt and moves the next one into the
future), then sends, then records. Killed between sending and recording, it leaves the row pending:
the next attempt may send one more copy. So an e-mail is never lost, and at most `MOST_ATTEMPTS`
copies of it can ever leave, one for each crash at that very point; the inbox never doubles.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notices.models import Message

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=5)
ROUND = 500
# So many failures one after another mean that the mail server is away: the round ends, and does
# not keep a worker waiting for it through hundreds of timeouts.
FAILURES_IN_A_ROW = 3


def due(now=None):
    """The messages whose e-mail is to be tried now, the longest waiting first."""
    return Message.objects.filter(
        email_status=Message.EmailStatus.PENDING, email_due_at__lte=now or timezone.now()
    ).order_by("email_due_at", "pk")


def deliver_round() -> int:
    """Try what is due, up to `ROUND` messages; return how many went out."""
    sent = failures = 0
    for pk in list(due().values_list("pk", flat=True)[:ROUND]):
        went_out = deliver(pk)
        if went_out:
            sent, failures = sent + 1, 0
        elif went_out is False:
            failures += 1
        if failures == FAILURES_IN_A_ROW:
            break
    return sent


def deliver(message_id: int) -> bool | None:
    """Try to send one message. Safe to call any number of times.

    True: it went out; False: it was tried and failed; None: it is not due, or another worker's.
    """
    message = _claim(message_id)
    if message is None:
        return None
    try:
        _send(message)
    except (OSError, SMTPException, ValueError) as error:
        # ValueError: an address or a header that no mail can carry.
        log.warning("message %s not sent: %s", message_id, type(error).__name__)
        _give_up_or_wait(message, error)
        return False
    Message.objects.filter(pk=message_id).update(
        email_status=Message.EmailStatus.SENT, email_sent_at=timezone.now(), email_error=""
    )
    return True


def _claim(message_id: int) -> Message | None:
    """Take the row for this attempt, if nobody else did; the back-off doubles each time."""
    now = timezone.now()
    message = due(now).filter(pk=message_id).select_related("recipient").first()
    if message is None:
        return None
    if message.email_attempts >= MOST_ATTEMPTS:
        # Every attempt was claimed and none recorded: its worker died each time.
        due(now).filter(pk=message_id).update(email_status=Message.EmailStatus.FAILED)
        return None
    wait = FIRST_WAIT * 2**message.email_attempts
    claimed = (
        due(now)
        .filter(pk=message_id, email_attempts=message.email_attempts)
        .update(email_attempts=F("email_attempts") + 1, email_due_at=now + wait)
    )
    message.email_attempts += 1
    return message if claimed else None


def _send(message: Message) -> None:
    with translation.override(message.recipient.language):
        link = _("Open it in the portal:")
    body = message.body
    if message.url:
        body = f"{body}\n\n{link}\n{settings.SITE_URL}{message.url}"
    EmailMessage(message.subject, body, to=[message.recipient.email]).send()


def _give_up_or_wait(message: Message, error: Exception) -> None:
    failed = message.email_attempts >= MOST_ATTEMPTS
    Message.objects.filter(pk=message.pk).update(
        email_error=f"{type(error).__name__}: {error}"[:300],
        **({"email_status": Message.EmailStatus.FAILED} if failed else {}),
    )
