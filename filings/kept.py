"""What is stored in the fields of a form, by the form's names: as values, and in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from filings.models import Change, Consortium, KeyTask, Member
from filings.snapshot import plain, words


def stored(row: Consortium | Member | KeyTask | Change, names: Iterable[str]) -> dict[str, Any]:
    """The values of some fields. Members are given by their ids (`signed_members` those that
    signed), milestones as [month, title], a member's unit by its code."""
    return {name: _value(row, name) for name in names}


def in_words(row: Consortium | Member | KeyTask | Change, name: str) -> str:
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
    return value if name == "uscc" else words(type(row), name, plain(value))


def _value(row, name: str) -> Any:
    match name:
        case "signed_members" if isinstance(row, Consortium):
            return sorted(member.pk for member in row.members.all() if member.signed)
        case "members":
            return sorted(member.pk for member in row.members.all()) if row.pk else []
        case "milestones":
            return [[m.month, m.title] for m in row.milestones.all()] if row.pk else []
        case "uscc":
            return row.uscc if row.unit_id else ""
    return getattr(row, name)
