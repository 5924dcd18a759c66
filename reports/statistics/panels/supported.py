"""What the consortia asked the bureau for (section four of the guideline), and what came of it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from filings.models import ProvincialApplication
from reports.statistics import links
from reports.statistics.panels import Figure, Panel, Row
from reports.support.kinds import Kind
from reports.support.states import SUPPORTED, Status

_OUTCOMES = (
    ProvincialApplication.Outcome.GRANTED,
    ProvincialApplication.Outcome.APPLIED,
    ProvincialApplication.Outcome.NOT_GRANTED,
)


def by_measure(counted: list[dict]) -> Panel:
    """All years in the table, the latest in the chart."""
    latest = max((entry["year"] for entry in counted), default=0)
    columns = (
        pgettext("support", "Asked for"), pgettext("support", "Supported"),
        pgettext("support", "Not recommended"), pgettext("support", "Granted"),
        _("Granted, 10k CNY"),
    )  # fmt: skip
    rows = tuple(_row(entry) for entry in counted)
    charted = tuple(
        Row(str(Kind(entry["kind"]).label), row.figures, row.code)
        for row, entry in zip(rows, counted, strict=True)
        if entry["year"] == latest
    )
    return Panel(
        "support", _("Support measures"),
        _("Requests by the year in which they were sent; the chart shows %(year)s.")
        % {"year": latest}
        if latest
        else _("Requests by the year in which they were sent."),
        _("Year and measure"), columns, rows, drawn=(0, 1), charted=charted,
    )  # fmt: skip


def provincial(counted: list[dict]) -> Panel:
    """Confirmed by the bureau, by the year of the application (clause 2)."""
    confirmed = ProvincialApplication.Standing.CONFIRMED.value
    rows = tuple(
        Row(
            str(entry["year"]),
            tuple(
                Figure(
                    entry[outcome],
                    links.provincial(
                        year=entry["year"], outcome__exact=outcome.value, standing__exact=confirmed
                    ),
                )
                for outcome in _OUTCOMES
            ),
            str(entry["year"]),
        )
        for entry in counted
    )
    return Panel(
        "provincial", _("Provincial consortia"),
        _("Applications that the bureau has confirmed, and what became of them."),
        _("Year of the application"), tuple(str(outcome.label) for outcome in _OUTCOMES), rows,
        kind="stacked", drawn=(0, 1, 2),
    )  # fmt: skip


def _row(entry: dict) -> Row:
    def listed(**filters):
        return links.support(kind__exact=entry["kind"], year=entry["year"], **filters)

    granted = listed(status__exact=Status.GRANTED.value)
    figures = (
        Figure(entry["asked"], listed()),
        Figure(entry["supported"], listed(status__in=",".join(sorted(SUPPORTED)))),
        Figure(entry["declined"], listed(status__exact=Status.DECLINED.value)),
        Figure(entry["granted"], granted),
        Figure(Decimal(entry["amount_granted"]), granted),
    )
    label = f"{entry['year']} · {Kind(entry['kind']).label}"
    return Row(label, figures, f"{entry['year']}-{entry['kind']}")
