"""The figures of a report: its own, and those of its units added up. Money in 10k CNY."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, Field
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.templatetags.portal import amount
from reports.models import AnnualReport, UnitPart
from reports.models.content import OUTPUTS, TEAM
from reports.models.unit import (
    ADDED,
    INCOME,
    PURPOSES,
    SOURCES,
    STAFF,
    TALENTS,
    TRAINED,
    total,
)
from reports.parts import Part

_CONSTRUCTION = ("council_meetings", "advisory_meetings", "exchange_events")
_MOVES = ("team_joined", "team_left")
# Of each part the figures of the report itself, then those of its units.
OF_REPORT = {
    Part.CONSTRUCTION: _CONSTRUCTION,
    Part.TEAM: (*TEAM, *_MOVES),
    Part.TASKS: OUTPUTS,
    Part.PLAN: ("plan_funds",),
}
OF_UNITS = {
    Part.TEAM: STAFF,
    Part.FUNDS: (*SOURCES, "funds_in", *PURPOSES, "funds_used", *INCOME),
    Part.TALENT: (*TRAINED, "trained", *TALENTS, "talents"),
}
ADDED_LABELS = {
    "funds_in": _("funds put in, together"),
    "funds_used": _("funds used, together"),
    "trained": _("people trained, together"),
    "talents": _("talents won, together"),
}
_MONEY = ("funds_in", "funds_used")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of this report beside that of the one before."""

    name: str
    part: Part
    label: str
    now: Decimal | int | None
    before: Decimal | int | None
    is_money: bool


def values(report: AnnualReport) -> dict[str, Decimal | int | None]:
    """Every figure of a report by its name; None where nothing was said."""
    own = {name: getattr(report, name) for names in OF_REPORT.values() for name in names}
    units = list(report.units.all())
    names = [name for names in OF_UNITS.values() for name in names if name not in ADDED]
    sums = {name: total(getattr(unit, name) for unit in units) for name in names}
    sums |= {name: total(sums[term] for term in terms) for name, terms in ADDED.items()}
    return own | sums


def compared(report: AnnualReport, before: AnnualReport | None) -> list[Figure]:
    """The figures of a report with those of the one before, part by part."""
    now, last = values(report), values(before) if before else {}
    return [
        Figure(name, part, label(name), now[name], last.get(name), is_money(name))
        for part in Part
        for name in (*OF_REPORT.get(part, ()), *OF_UNITS.get(part, ()))
    ]


def label(name: str) -> str:
    return capfirst(str(ADDED_LABELS.get(name) or _field(name).verbose_name))


def is_money(name: str) -> bool:
    return name in _MONEY or (name not in ADDED and isinstance(_field(name), DecimalField))


def said(name: str, value: Decimal | int | None) -> str:
    """A figure as a table shows it that says its measure once."""
    if value is None:
        return "—"
    return amount(value) if is_money(name) else f"{value:,}"


def _field(name: str) -> Field:
    own = any(name in names for names in OF_REPORT.values())
    return (AnnualReport if own else UnitPart)._meta.get_field(name)
