"""Telling people: one message to one person, once.

The pair (recipient, key) is unique in the database, so a sweep that runs twice, two workers at once
or a retry after a crash leave one message. Its copies by e-mail and SMS (`preferences` says which)
are sent apart from it (`delivery`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format

from notices.models import Delivery, Message
from notices.preferences import copies_of
from notices.tasks import deliver_soon

# E-mails of more messages than these wait for the next delivery, which sends them in rounds.
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell some people.

    `kind` names the template `mail/<kind>.txt`: its first line is the subject, the rest the text.
    Dates in `context` are written the way of the reader's language. `url` is a path of this
    portal that the message leads to.
    """

    recipients: Collection
    key: str
    kind: str
    context: Mapping[str, Any]
    url: str = ""


def notify(
    recipients: Iterable, *, key: str, kind: str, context: Mapping[str, Any], url: str = ""
) -> None:
    """Leave a message with each of `recipients` in its own language, unless it has one of `key`."""
    notify_all([Notice(list(recipients), key, kind, context, url)])


def notify_all(notices: Iterable[Notice]) -> int:
    """Leave the messages of many notices at once; return how many were new."""
    notices = list(notices)
    # A sweep says the same thing every night: who was told is left out before anything is written.
    # The constraint, not this look, is what keeps two workers from telling somebody twice.
    told = set(
        Message.objects.filter(key__in={n.key for n in notices}).values_list("recipient", "key")
    )
    fresh = [
        _message(person, notice)
        for notice in notices
        for person in notice.recipients
        if (person.pk, notice.key) not in told
    ]
    if not fresh:
        return 0
    _write(fresh)

    # A function and no partial: Django names it in the log when it fails, and must find a name.
    def send():
        deliver_soon({m.key for m in fresh}, {m.recipient_id for m in fresh})

    if len(fresh) <= MOST_AT_ONCE:
        transaction.on_commit(send, robust=True)
    return len(fresh)


@transaction.atomic(savepoint=False)
def _write(fresh: list[Message]) -> None:
    """Insert the messages and their copies, both or none: no message is without its e-mail.

    Another worker may have inserted some a moment ago; the copies of these are inserted once more,
    and the constraint lets one of each through.
    """
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    written = Message.objects.filter(
        key__in={m.key for m in fresh}, recipient__in={m.recipient_id for m in fresh}
    )
    numbers = {(to, key): pk for pk, to, key in written.values_list("pk", "recipient", "key")}
    for message in fresh:
        message.pk = numbers[message.recipient_id, message.key]
    Delivery.objects.bulk_create(copies_of(fresh, timezone.now()), ignore_conflicts=True)


def _message(person, notice: Notice) -> Message:
    with translation.override(person.language):
        words = {name: _in_words(value) for name, value in notice.context.items()}
        text = render_to_string(f"mail/{notice.kind}.txt", {**words, "person": person})
    subject, _blank, body = text.strip().partition("\n\n")
    return Message(
        recipient=person,
        key=notice.key,
        kind=notice.kind,
        subject=" ".join(subject.split())[:300],
        body=body.strip(),
        url=notice.url,
    )


def _in_words(value: Any) -> Any:
    return date_format(value) if isinstance(value, date) else value
