"""Text in cells: what a cell can hold, and when two texts are the same to a reader. Pure."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

MOST_CHARACTERS = 32_767  # of one cell, by the format

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML can't carry, as openpyxl refuses it, and U+FFFE and U+FFFF.
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_SEPARATORS = re.compile("[、,，;；\n/]")


def fit(text: str) -> str:
    """A text as a cell holds it: one kind of line break, nothing invisible that breaks the file."""
    text = _ILLEGAL.sub("", _NEWLINES.sub("\n", text[: 2 * MOST_CHARACTERS]))
    # Spreadsheets count in UTF-16, where rare characters and emoji are two.
    encoded = text.encode("utf-16-le")[: MOST_CHARACTERS * 2]
    return encoded.decode("utf-16-le", errors="ignore").strip()


def same(stored: Any, given: Any) -> bool:
    """Whether a stored value came back from a cell as it went out."""
    if isinstance(stored, str) and isinstance(given, str):
        return fit(stored) == fit(given)
    if isinstance(stored, list) and isinstance(given, list):
        return len(stored) == len(given) and all(map(same, stored, given))
    return stored == given


def folded(text: str) -> str:
    """A header or a choice without what people and programs change about it."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("*:")


def parts(text: str) -> list[str]:
    """The entries of a cell that holds several."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def as_text(value: Any) -> str:
    """What a cell shows, from what the file holds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return fit(str(value))
