"""A panel is a chart with the table beneath it that says the same: every figure of the programme
stands in one, and the two can't differ, since the chart is drawn from the rows of the table."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from filings.models import FocusField
from reports.statistics import charts
from reports.statistics.running import NONE


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, and the address of the list behind it. None: nothing to count."""

    value: int | Decimal | None
    url: str = ""

    @property
    def text(self) -> str:
        if self.value is None:
            return "–"
        return f"{self.value:,.2f}" if isinstance(self.value, Decimal) else f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    figures: tuple[Figure, ...]
    code: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """`columns` are the heads of the figures; `drawn` the columns that the chart shows."""

    key: str
    title: str
    says: str
    first_column: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str = "bars"
    drawn: tuple[int, ...] = (0,)
    charted: tuple[Row, ...] | None = None
    ready: charts.Chart | None = None
    sums: tuple[Figure, ...] = field(default=())

    @property
    def chart(self) -> charts.Chart | None:
        """None where there is nothing to be drawn."""
        rows = self.rows if self.charted is None else self.charted
        if self.ready or not rows:
            return self.ready
        series = [
            charts.Series(
                self.columns[column],
                [row.figures[column].value for row in rows],
                [row.figures[column].text for row in rows],
                [row.figures[column].url for row in rows],
            )
            for column in self.drawn
        ]
        draw = {"bars": charts.bars, "stacked": charts.stacked}
        return draw[self.kind](self.title, self.says, [row.label for row in rows], series)


def field_names() -> dict[str, str]:
    """The focus fields by their code, in the bureau's order, in the reader's language."""
    return {entry.code: entry.label for entry in FocusField.objects.all()} | {NONE: _("Not given")}


def largest_first(rows) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.figures[0].value, row.label)))
