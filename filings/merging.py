"""Two people at one form: which fields may be written, and which must be chosen between.

A form remembers what it showed (`Seen`). A field that only one side touched goes through; where
both changed it to different things nothing is written until a person has chosen.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_UNSEEN = object()


class Choice(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Seen:
    """The values that a form was showing, and which of them were being chosen between."""

    values: Mapping[str, Any] = field(default_factory=dict)
    clashing: frozenset[str] = frozenset()

    @classmethod
    def from_post(cls, data: Mapping[str, str], names: Iterable[str]) -> "Seen":
        """What a page sent back: `seen-<name>` beside every field, `clash-<name>` beside a choice.

        What is missing or mangled was not seen, so that the person is asked.
        """
        values, clashing = {}, set()
        for name in names:
            asked = f"clash-{name}" in data
            try:
                values[name] = json.loads(data[f"clash-{name}" if asked else f"seen-{name}"])
            except (KeyError, ValueError):
                continue
            if asked:
                clashing.add(name)
        return cls(values, frozenset(clashing))


@dataclass(frozen=True, slots=True)
class Merge:
    """What comes of a save: names to write, names to choose, names where the other's stands."""

    write: frozenset[str]
    clashes: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()

    @classmethod
    def of_new(cls, fields: Iterable[str]) -> "Merge":
        """What was not stored before has nobody to clash with."""
        return cls(frozenset(fields))


def merge(
    seen: Seen,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choices: Mapping[str, str] | None = None,
) -> Merge:
    """Compare, field by field, what a form showed, what was typed, and what is stored now.

    All values are plain and comparable. `choices` holds "mine" or "theirs" for fields that the
    person was asked about; it counts only if what is stored is still what it was shown.
    """
    fates: dict[str | None, set[str]] = {Choice.MINE: set(), Choice.THEIRS: set(), None: set()}
    for name, typed in mine.items():
        shown = seen.values.get(name, _UNSEEN)
        asked = name in seen.clashing
        if typed == theirs[name]:
            continue
        if shown == theirs[name]:
            choice = (choices or {}).get(name) if asked else Choice.MINE
        else:
            choice = Choice.THEIRS if typed == shown and not asked else None
        fates[choice if choice in fates else None].add(name)
    return Merge(
        write=frozenset(fates[Choice.MINE]),
        clashes=frozenset(fates[None]),
        taken=frozenset(fates[Choice.THEIRS]),
    )
