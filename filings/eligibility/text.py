"""Texts that are told apart from their language: a message id with its parameters.

A finding is stored when a filing is submitted and read for years, by people of two languages.
So what is stored is the English source string and the values, and it is rendered when read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext, pgettext


@dataclass(frozen=True, slots=True)
class Text:
    """A message id marked with gettext_noop, and the values of its named placeholders.

    A value is a string, a number, a Decimal, a date, a Text, or a tuple of these.
    """

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.msgid) % {key: shown(value) for key, value in self.params.items()}


def characters(text: str) -> int:
    """How many characters a text really has: blanks and line breaks do not count."""
    return len("".join(text.split()))


def shown(value: object) -> str:
    """A value as a reader of the active language writes it."""
    if isinstance(value, tuple):
        return pgettext("between the items of a list", ", ").join(shown(item) for item in value)
    # Grouped by hand: Django's Chinese formats have no thousands separator.
    return f"{value:,}" if isinstance(value, Decimal) else str(localize(value))


def encode(value: object) -> object:
    """A value as JSON can hold it; what JSON has no word for is tagged with its type."""
    match value:
        case Text():
            return {"text": value.msgid, "params": encode_all(value.params)}
        case Decimal():
            return {"decimal": str(value)}
        case date():
            return {"date": value.isoformat()}
        case tuple():
            return [encode(item) for item in value]
    return value


def decode(value: object) -> object:
    """The value that `encode` was given."""
    match value:
        case {"text": msgid, "params": params}:
            return Text(msgid, decode_all(params))
        case {"decimal": digits}:
            return Decimal(digits)
        case {"date": day}:
            return date.fromisoformat(day)
        case list():
            return tuple(decode(item) for item in value)
    return value


def encode_all(values: Mapping[str, object]) -> dict[str, object]:
    return {key: encode(value) for key, value in values.items()}


def decode_all(values: Mapping[str, object]) -> dict[str, object]:
    return {key: decode(value) for key, value in values.items()}
