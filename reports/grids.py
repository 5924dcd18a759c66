"""The tables of a report that have a line for each unit, and what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reports.figures import is_money, label, said
from reports.models import UnitPart
from reports.models.unit import INCOME, PURPOSES, SOURCES, STAFF, TALENTS, TRAINED
from reports.parts import Part

# Of a part its tables: no wider than a page bears.
TABLES = {
    Part.TEAM: ((_("People of the units"), STAFF),),
    Part.FUNDS: (
        (_("Funds put in, by source"), (*SOURCES, "funds_in")),
        (_("Funds used, by purpose"), (*PURPOSES, "funds_used")),
        (_("Income from results and how it was shared"), INCOME),
    ),
    Part.TALENT: (
        (_("People trained"), (*TRAINED, "trained")),
        (_("Talents won"), (*TALENTS, "talents")),
    ),
}
# What of them the lead unit reads side by side; all of it stands on the units' own pages.
MAIN = {
    Part.TEAM: STAFF,
    Part.FUNDS: ("funds_in", "funds_used", *INCOME),
    Part.TALENT: ("trained", "talents"),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures with a line for each unit, their sums beneath, and what the sums were in the report
    before; empty where there was none."""

    title: str
    is_money: bool
    columns: list[str]
    rows: list[tuple[UnitPart, list[str]]]
    sums: list[str]
    before: list[str]

    @property
    def lines(self) -> list[tuple[UnitPart, list[tuple[str, str]]]]:
        """The rows with the name of its column at each figure, as cards on a phone show them."""
        return [(unit, list(zip(self.columns, cells, strict=True))) for unit, cells in self.rows]

    @property
    def total(self) -> list[tuple[str, str]]:
        """The sums with the names of their columns."""
        return list(zip(self.columns, self.sums, strict=True))


def grids(
    part: Part,
    units: Iterable[UnitPart],
    whole: dict[str, Decimal | int | None],
    before: dict[str, Decimal | int | None] | None = None,
) -> list[Grid]:
    """The tables of a part. `whole` and `before` are the figures (`reports.figures.values`) of the
    report and of the one before it."""
    return [_grid(str(title), names, units, whole, before) for title, names in TABLES.get(part, ())]


def main_grid(
    part: Part, units: Iterable[UnitPart], whole: dict[str, Decimal | int | None]
) -> Grid | None:
    """The main figures of a part in one table; None where the part has nothing of the units'."""
    if part not in MAIN:
        return None
    return _grid(str(_("Figures of the units")), MAIN[part], units, whole)


def _grid(title: str, names: tuple[str, ...], units, whole, before=None) -> Grid:
    return Grid(
        title,
        is_money(names[0]),
        [label(name) for name in names],
        [(unit, [said(name, getattr(unit, name)) for name in names]) for unit in units],
        [said(name, whole[name]) for name in names],
        [said(name, before[name]) for name in names] if before else [],
    )
