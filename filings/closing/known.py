"""What is known before anybody writes a closing summary; rooms above tell theirs by `also`."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from filings.models import Consortium


@dataclass(frozen=True, slots=True)
class Known:
    """How milestones came out, by their keys, as (state, evidence); figures by their names."""

    results: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    figures: Mapping[str, int | Decimal] = field(default_factory=dict)


# Rooms above add theirs in a module `closing_sources` that is found at the start.
_SOURCES: list[Callable[[Consortium], Known]] = []


def also(source: Callable[[Consortium], Known]) -> None:
    """Let a room above tell what it knows of a consortium."""
    _SOURCES.append(source)


def known_of(consortium: Consortium) -> Known:
    """All that is known; figures of several sources are added up."""
    results: dict[int, tuple[str, str]] = {}
    figures: Counter[str] = Counter()
    for source in _SOURCES:
        told = source(consortium)
        results |= told.results
        figures.update(told.figures)
    return Known(results, dict(figures))
