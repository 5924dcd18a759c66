"""What is stored in the fields of a form, by the form's names: as values, in words, and beside what
somebody typed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from filings.merging import Merge, Seen, merge
from filings.models import Consortium, Member
from filings.snapshot import plain, words


def row_field(rows: str, key: int, column: str) -> str:
    """How a form of something calls a column of one of its rows: by the relation that leads to
    them, the row's key, and the column."""
    return f"{rows}-{key}-{column}"


def places(row: Model, names: Iterable[str]) -> dict[str, tuple[Model, str]]:
    """Where each field of a form is stored: the row itself or one of its rows, and the column. The
    rows are read through their relation, once; prefetched, they cost nothing."""
    rows: dict[str, dict[int, Model]] = {}
    found = {}
    for name in names:
        if "-" not in name:
            found[name] = row, name
            continue
        relation, key, column = name.split("-")
        if relation not in rows:
            rows[relation] = {one.pk: one for one in getattr(row, relation).all()}
        found[name] = rows[relation][int(key)], column
    return found


def stored(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """The values of some fields. Members are given by their ids (`signed_members` those that
    signed), rows that are kept as one list as lists, a member's unit by its code."""
    return {name: _value(*place) for name, place in places(row, names).items()}


def plainly(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """The same as JSON has them."""
    return {name: plain(value) for name, value in stored(row, names).items()}


def put(row: Model, fields: Mapping[str, Any], names: Iterable[str]) -> dict[type[Model], list]:
    """Set columns to what was typed; the rows of `row` that changed, by their model, unsaved."""
    changed: dict[type[Model], dict[int, Model]] = {}
    for name, (place, column) in places(row, names).items():
        setattr(place, column, fields[name])
        if place is not row:
            changed.setdefault(type(place), {})[place.pk] = place
    return {model: list(rows.values()) for model, rows in changed.items()}


def merged(
    row: Model, fields: Mapping[str, Any], seen: Seen | None, choices: Mapping[str, str] | None
) -> Merge:
    """What of the typed `fields` may be written beside what is stored (`filings.merging`); all of
    it where nothing was `seen`."""
    theirs = plainly(row, fields)
    mine = {name: plain(value) for name, value in fields.items()}
    return merge(Seen(theirs) if seen is None else seen, mine, theirs, choices)


def in_words(row: Model, name: str) -> str:
    """The stored value of a field for a reader who is to choose between it and another."""
    row, name = places(row, [name])[name]
    value = _value(row, name)
    if name == "uscc":
        return value
    if name == "signed_members":
        names = Member.objects.filter(pk__in=value).values_list("name", flat=True)
        return "\n".join(names)
    field = row._meta.get_field(name)
    if field.many_to_many:
        return "\n".join(str(one) for one in getattr(row, name).all())
    if field.one_to_many:
        return "\n".join(one.line for one in getattr(row, name).all())
    if field.many_to_one and not hasattr(value, "code"):
        return str(getattr(row, field.name) or "")
    return words(type(row), name, plain(value))


def _value(row: Model, name: str) -> Any:
    match name:
        case "signed_members" if isinstance(row, Consortium):
            return sorted(member.pk for member in row.members.all() if member.signed)
        case "uscc":
            return row.uscc if row.unit_id else ""
    field = row._meta.get_field(name)
    if field.many_to_many:
        return sorted(one.pk for one in getattr(row, name).all()) if row.pk else []
    if field.one_to_many:
        columns = field.related_model.KEPT
        rows = getattr(row, name).all() if row.pk else ()
        return [[plain(getattr(one, column)) for column in columns] for one in rows]
    return getattr(row, name)
