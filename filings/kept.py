"""What is stored in the fields of a form, by the form's names: as values, in words, and beside what
somebody typed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from filings.merging import Merge, Seen, merge
from filings.models import Change, ClosingResult, ClosingSummary, Consortium, KeyTask, Member
from filings.models.closing import RESULT
from filings.snapshot import plain, words

Row = Consortium | Member | KeyTask | ClosingSummary | Change


def stored(row: Row, names: Iterable[str]) -> dict[str, Any]:
    """The values of some fields. Members are given by their ids (`signed_members` those that
    signed), milestones as [month, title], a member's unit by its code."""
    return {name: _value(row, name) for name in names}


def merged(
    row: Row, fields: Mapping[str, Any], seen: Seen | None, choices: Mapping[str, str] | None
) -> Merge:
    """What of the typed `fields` may be written beside what is stored (`filings.merging`); all of
    it where nothing was `seen`."""
    theirs = {name: plain(value) for name, value in stored(row, fields).items()}
    mine = {name: plain(value) for name, value in fields.items()}
    return merge(Seen(theirs) if seen is None else seen, mine, theirs, choices)


def in_words(row: Row, name: str) -> str:
    """The stored value of a field for a reader who is to choose between it and another."""
    value = _value(row, name)
    if name in ("members", "signed_members"):
        names = Member.objects.filter(pk__in=value).values_list("name", flat=True)
        return "\n".join(names)
    if name == "milestones":
        lines = [
            _("Month %(month)s: %(title)s") % {"month": month, "title": title}
            for month, title in value
        ]
        return "\n".join(lines)
    if name.startswith(RESULT):
        return str(dict(ClosingResult.State.choices).get(value, value))
    return value if name == "uscc" else words(type(row), name, plain(value))


def _value(row: Row, name: str) -> Any:
    match name:
        case "signed_members" if isinstance(row, Consortium):
            return sorted(member.pk for member in row.members.all() if member.signed)
        case "members":
            return sorted(member.pk for member in row.members.all()) if row.pk else []
        case "milestones":
            return [[m.month, m.title] for m in row.milestones.all()] if row.pk else []
        case "uscc":
            return row.uscc if row.unit_id else ""
    if name.startswith(RESULT):
        return row.results_by_field[name]
    return getattr(row, name)
