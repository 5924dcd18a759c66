"""What is wrong with a file, told so that its sender finds the place and mends it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is a sheet and row or a path in a document, `value` what stands there, shortened."""

    place: str
    label: str
    value: str
    message: str
    hint: str = ""


def shortened(value) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def errors_of(form) -> Iterator[tuple[str, str]]:
    """(field, message) for each error of a form; `__all__` is the form itself."""
    for name, messages in form.errors.items():
        for message in messages:
            yield name, message
