"""The copy by e-mail: the text, and where to read it in the portal."""

from smtplib import SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notices.channels.outcomes import InDoubtError, NotSentError, UndeliverableError
from notices.kinds import DIGEST, kind_of
from notices.models import Message

# While a mail is handed over, these leave open whether the server took it.
_BROKEN_OFF = (SMTPServerDisconnected, TimeoutError, ConnectionResetError, BrokenPipeError)


def send(message: Message) -> None:
    email = _written(message)
    connection = get_connection()
    try:
        # Opened apart: until here nothing can have left.
        connection.open()
    except OSError as error:
        raise NotSentError(_named(error)) from error
    try:
        connection.send_messages([email])
    except ValueError as error:
        # An address or a header that no mail can carry.
        raise UndeliverableError(_named(error)) from error
    except _BROKEN_OFF as error:
        raise InDoubtError(_named(error)) from error
    except (OSError, SMTPException) as error:
        raise NotSentError(_named(error)) from error
    finally:
        connection.close()


def _written(message: Message) -> EmailMessage:
    """The mail in its reader's language; what can be switched off says where (RFC 2369).

    The address leads to a page behind the sign-in. One click without it (RFC 8058) would let
    whoever gets hold of a forwarded mail, or a filter that follows its links, silence the reminders
    of a period that runs.
    """
    headers = {}
    with translation.override(message.recipient.language):
        parts = [message.body]
        if message.url:
            # Not inside the string: makemessages reads no f-strings.
            open_it = _("Open it in the portal:")
            parts.append(f"{open_it}\n{settings.SITE_URL}{message.url}")
        if message.kind == DIGEST or not kind_of(message.kind).group.fixed:
            address = settings.SITE_URL + reverse("notices:preferences")
            choose = _("Choose which messages reach you by e-mail:")
            parts.append(f"{choose}\n{address}")
            headers["List-Unsubscribe"] = f"<{address}>"
    return EmailMessage(
        message.subject, "\n\n".join(parts), to=[message.recipient.email], headers=headers
    )


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
