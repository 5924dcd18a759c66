"""Telling people: one message to one person, once.

The pair (recipient, key) is unique in the database, so a sweep that runs twice, two workers at once
or a retry after a crash leave one message. Its e-mail copy is sent apart from it (`delivery`).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format

from notices.models import Message
from notices.tasks import deliver_soon


def notify(
    recipients: Iterable, *, key: str, kind: str, context: Mapping[str, Any], url: str = ""
) -> None:
    """Leave a message with each of `recipients` in its own language, unless it has one of `key`.

    `kind` names the template `mail/<kind>.txt`: its first line is the subject, the rest the text.
    Dates in `context` are written the way of the reader's language. `url` is a path of this
    portal that the message leads to.
    """
    people = list(recipients)
    # A sweep says the same thing every night: who was told is left out before anything is written.
    # The constraint, not this look, is what keeps two workers from telling somebody twice.
    told = set(
        Message.objects.filter(key=key, recipient__in=people).values_list("recipient", flat=True)
    )
    fresh = [person for person in people if person.pk not in told]
    if not fresh:
        return
    messages = [_message(person, key, kind, context, url) for person in fresh]
    Message.objects.bulk_create(messages, ignore_conflicts=True)

    # A function and no partial: Django names it in the log when it fails, and must find a name.
    def send():
        deliver_soon(key, [person.pk for person in fresh])

    transaction.on_commit(send, robust=True)


def _message(person, key, kind, context, url) -> Message:
    with translation.override(person.language):
        words = {name: _in_words(value) for name, value in context.items()}
        text = render_to_string(f"mail/{kind}.txt", {**words, "person": person})
    subject, _blank, body = text.strip().partition("\n\n")
    return Message(
        recipient=person,
        key=key,
        kind=kind,
        subject=" ".join(subject.split())[:300],
        body=body.strip(),
        url=url,
        email_due_at=timezone.now(),
    )


def _in_words(value: Any) -> Any:
    return date_format(value) if isinstance(value, date) else value
