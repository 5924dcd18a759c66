"""What a request says: as plain JSON that a submission freezes, and in words for people."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from filings.snapshot import Row, plain, words
from reports.models import SupportRequest
from reports.support.kinds import CONTACT


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that is another than when the request was sent before."""

    label: str
    before: str
    after: str


def names_of(request: SupportRequest) -> tuple[str, ...]:
    """The fields that a request of its kind has, in the order of the form."""
    return (*request.measure.fields, *CONTACT)


def taken(request: SupportRequest) -> dict[str, Any]:
    """The request as it stands; the units that take part by their names of the time."""
    values = {
        name: plain(getattr(request, name)) for name in names_of(request) if name != "members"
    }
    if "members" in request.measure.fields:
        values["members"] = [member.name for member in request.members.all()]
    return values


def rows_of(request: SupportRequest) -> list[Row]:
    """The request in words, line by line."""
    return _rows(request, taken(request))


def changed_since(request: SupportRequest, before: dict[str, Any]) -> list[Difference]:
    """What became of the lines of an earlier submission."""
    old = {row.field: row.value for row in _rows(request, before)}
    return [
        Difference(row.label, old[row.field], row.value)
        for row in rows_of(request)
        if old[row.field] != row.value
    ]


def _rows(request: SupportRequest, values: dict[str, Any]) -> list[Row]:
    return [
        Row(request.measure.label(name), _words(name, values.get(name)), name)
        for name in names_of(request)
    ]


def _words(name: str, value: Any) -> str:
    if name == "members":
        return "\n".join(value or ())
    if name == "months" and value:
        return _("%(months)s months") % {"months": value}
    return words(SupportRequest, name, value)
