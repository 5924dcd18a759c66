"""The yearly reports, and what the accepted ones add up to."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.statistics import links
from reports.statistics.panels import Figure, Panel, Row, field_names
from reports.statistics.reporting import MONEY

# More years than these only the table has.
MOST_YEARS = 4


SPENT = ("funds_in", "funds_used", "sales", "reports")
RESULTS = ("patents", "standards", "papers", "products", "prizes", "trained")
OF_FIELDS = ("funds_used", "patents", "standards", "papers", "products", "sales")


def words(names: tuple[str, ...]) -> tuple[str, ...]:
    """The heads of these figures."""
    heads = {
        "funds_in": _("Funds put in, 10k CNY"),
        "funds_used": _("Funds used, 10k CNY"),
        "sales": _("Sales from results, 10k CNY"),
        "reports": _("Accepted reports"),
        "patents": _("Invention patents granted"),
        "standards": _("Standards"),
        "papers": pgettext("results", "Papers"),
        "products": _("New products"),
        "prizes": _("Prizes"),
        "trained": _("People trained"),
    }
    return tuple(heads[name] for name in names)


def punctuality(calls: list[dict]) -> Panel:
    columns = (
        pgettext("reports", "Accepted"), pgettext("reports", "With the bureau"),
        pgettext("reports", "Not in yet"), pgettext("reports", "Missing past the due day"),
        pgettext("reports", "Came late"), pgettext("reports", "Owed"),
    )  # fmt: skip
    return Panel(
        "punctuality",
        _("Yearly reports: owed, in and late"),
        _("A report that was returned is not in until it is submitted again."),
        _("Reporting year"),
        columns,
        tuple(_call(call) for call in calls),
        kind="stacked",
        drawn=(0, 1, 2),
    )


def _call(call: dict) -> Row:
    def listed(**filters):
        return links.reports(call__id__exact=call["call"], **filters)

    figures = (
        Figure(call["accepted"], listed(status__exact="accepted")),
        Figure(call["came_in"] - call["accepted"], listed(status__exact="submitted")),
        Figure(call["owed"] - call["came_in"], listed(came="out")),
        Figure(call["missing"], listed(came="missing")),
        Figure(call["late"], listed(came="late")),
        Figure(call["owed"], listed()),
    )
    return Row(str(call["year"]), figures, str(call["year"]))


def graded(figures: dict) -> list[Panel]:
    """The grades of the accepted reports, where any were given; no chart, since the policies of two
    years may have different ones. What was counted before there were grades knows of none."""
    found = figures.get("grades")
    if not found:
        return []
    rows = tuple(
        Row(
            f"{entry['year']} · {entry['grade_name']}",
            (
                Figure(
                    entry["reports"],
                    links.reports(call__id__exact=entry["call"], grade=entry["grade"]),
                ),
            ),
            f"{entry['year']}-{entry['grade']}",
        )
        for entry in found
    )
    return [
        Panel(
            "grades", _("Grades of the accepted reports"),
            _("As the policy in force on the day of acceptance called them."),
            _("Reporting year and grade"), (_("Accepted reports"),), rows, charted=(),
        )
    ]  # fmt: skip


def by_year(sums: list[dict]) -> Panel:
    rows = _years(sums, SPENT)
    return Panel(
        "spend", _("R&D spend by year"),
        _("In 10k CNY, as the units gave it in the accepted reports."),
        _("Reporting year"), words(SPENT), rows, drawn=(0, 1),
        charted=rows[:MOST_YEARS],
    )  # fmt: skip


def outputs(sums: list[dict]) -> Panel:
    rows = _years(sums, RESULTS)
    return Panel(
        "outputs", _("Results by year"), _("Numbers of the accepted reports."),
        _("Reporting year"), words(RESULTS), rows, drawn=(0, 1, 2, 3),
        charted=rows[:MOST_YEARS],
    )  # fmt: skip


def by_field(sums: list[dict]) -> Panel:
    """All years in the table, the latest in the chart."""
    latest = max((entry["year"] for entry in sums), default=0)
    names = field_names()
    rows = tuple(_of_field(entry, names) for entry in sums)
    charted = tuple(
        Row(row.label.partition(" · ")[2], row.figures, row.code)
        for row, entry in zip(rows, sums, strict=True)
        if entry["year"] == latest
    )
    return Panel(
        "spend-by-field", _("R&D spend and results by focus field"),
        _("The chart shows the funds used in %(year)s, in 10k CNY.") % {"year": latest}
        if latest
        else _("In 10k CNY, as the units gave it in the accepted reports."),
        _("Reporting year and focus field"), words(OF_FIELDS), rows, charted=charted,
    )  # fmt: skip


def _of_field(entry: dict, names: dict) -> Row:
    url = links.reports(
        call__id__exact=entry["call"], status__exact="accepted", field=entry["field"]
    )
    label = f"{entry['year']} · {names.get(entry['field'], entry['field'])}"
    figures = tuple(Figure(_value(entry, name), url) for name in OF_FIELDS)
    return Row(label, figures, f"{entry['year']}-{entry['field']}")


def _years(sums: list[dict], names: tuple[str, ...]) -> tuple[Row, ...]:
    calls = {entry["year"]: entry["call"] for entry in sums}
    rows = []
    for year in sorted(calls, reverse=True):
        url = links.reports(call__id__exact=calls[year], status__exact="accepted")
        entries = [entry for entry in sums if entry["year"] == year]
        figures = tuple(
            Figure(sum(_value(entry, name) for entry in entries), url) for name in names
        )
        rows.append(Row(str(year), figures, str(year)))
    return tuple(rows)


def _value(entry: dict, name: str) -> int | Decimal:
    return Decimal(entry[name]) if name in MONEY else entry[name]
