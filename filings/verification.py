"""What the public verification page knows beside filings; rooms above tell theirs by `also`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Verified:
    """A paper that is real: the page that says so, and what it shows."""

    template: str
    context: dict[str, Any]


# Rooms above add theirs in a module `receipt_sources` that is found at the start.
_SOURCES: list[Callable[[str], Verified | None]] = []


def also(source: Callable[[str], Verified | None]) -> None:
    """Let a room above say which of its papers a code belongs to."""
    _SOURCES.append(source)


def verified(code: str) -> Verified | None:
    """What a code of a room above belongs to, if any knows it."""
    return next((found for source in _SOURCES if (found := source(code))), None)
