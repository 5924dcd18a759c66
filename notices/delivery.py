"""Sending the e-mail copy of a message, with retries and a bound on what a crash can do.

A worker first claims the row (one UPDATE that moves its next attempt into the future), then sends,
then records. Killed between sending and recording, it leaves the row pending: the next attempt may
send one more copy. So an e-mail is never lost, at most doubled by a crash; the inbox never is.
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


def due(now=None):
    """The messages whose e-mail is to be tried now."""
    return Message.objects.filter(
        email_status=Message.EmailStatus.PENDING, email_due_at__lte=now or timezone.now()
    )


def deliver(message_id: int) -> bool:
    """Try to send one message; return whether it went out. Safe to call any number of times."""
    message = _claim(message_id)
    if message is None:
        return False
    try:
        _send(message)
    except (OSError, SMTPException) as error:
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
