"""Telling people: one message to one person, once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from notices.models import Message


def notify(
    recipients: Iterable, *, key: str, kind: str, context: Mapping[str, Any], url: str = ""
) -> int:
    messages = []
    for person in recipients:
        with translation.override(person.language):
            text = render_to_string(f"mail/{kind}.txt", {**context, "person": person})
        subject, _blank, body = text.strip().partition("\n\n")
        messages.append(
            Message(recipient=person, key=key, kind=kind, subject=subject, body=body, url=url)
        )
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(messages)
