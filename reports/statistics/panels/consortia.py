"""The consortia that run, and who works with whom in them."""

from django.utils.translation import gettext as _

from accounts.places import Place
from filings.models import LeadKind
from reports.statistics import charts, links
from reports.statistics.panels import Figure, Panel, Row, field_names, largest_first
from reports.statistics.running import NONE

# So many pairs stand in the table; the picture shows all of them.
MOST_PAIRS = 15


def by_field(counted: dict, **also) -> Panel:
    return _by(
        "field",
        _("Running consortia by focus field"),
        _("Focus field"),
        counted,
        field_names(),
        also,
    )


def by_district(counted: dict, **also) -> Panel:
    names = {value: str(label) for value, label in Place.choices}
    title = _("Running consortia by district of the lead unit")
    return _by("district", title, _("District"), counted, names, also)


def by_lead_kind(counted: dict, **also) -> Panel:
    names = {value: str(label) for value, label in LeadKind.choices} | {NONE: _("Not given")}
    title = _("Running consortia by kind of lead unit")
    return _by("lead_kind", title, _("Kind of lead unit"), counted, names, also)


def _by(kind: str, title: str, head: str, counted: dict, names: dict, also: dict) -> Panel:
    rows = largest_first(
        Row(
            names.get(code, code),
            (Figure(number, links.filings(state="active", **{kind: code})),),
            code,
        )
        for code, number in counted.items()
    )
    total = sum(counted.values())
    says = also.get("says") or _("Consortia within their term, by the calendar.")
    return Panel(
        kind.replace("_", "-"), title, says, head, (_("Consortia"),), rows,
        sums=(Figure(total, links.filings(state="active")),),
    )  # fmt: skip


def ends(counted: dict, **also) -> Panel:
    rows = tuple(
        Row(
            _("%(year)s, quarter %(quarter)s") % {"year": quarter[:4], "quarter": quarter[-1]},
            (Figure(number, links.filings(state="active", ends=quarter)),),
            quarter,
        )
        for quarter, number in counted.items()
    )
    return Panel(
        "ends",
        _("When terms end"),
        also.get("says") or _("Running consortia by the quarter of the last day of their term."),
        _("Quarter"),
        (_("Consortia"),),
        rows,
        sums=(Figure(sum(counted.values()), links.filings(state="active")),),
    )


def network(found: dict) -> Panel:
    """The picture has a number for each unit; the table names the units and their pairs."""
    units = found["units"]
    place = {unit: number for number, (unit, _name, _times) in enumerate(units)}
    names = {unit: name for unit, name, _times in units}
    pairs = [
        (one, other, times, links.filings(state="active", unit=one, **{"with": other}))
        for one, other, times in found["pairs"]
    ]
    title = _("Which units work together")
    says = _(
        "The units that are in the most running consortia, each with its number around the ring; "
        "a line joins two that work together, the thicker the more often."
    )
    ties = [(place[one], place[other], times, url) for one, other, times, url in pairs]
    drawn = charts.ring(title, says, [times for _unit, _name, times in units], ties)
    return Panel(
        "network", title, says, _("Units"), (_("Consortia together"),),
        tuple(
            Row(
                f"{place[one] + 1} {names[one]} – {place[other] + 1} {names[other]}",
                (Figure(times, url),),
                f"{one}-{other}",
            )
            for one, other, times, url in pairs[:MOST_PAIRS]
        ),
        ready=drawn if units else None,
    )  # fmt: skip


def units(found: dict) -> Panel:
    rows = tuple(
        Row(name, (Figure(times, links.filings(state="active", unit=unit)),), str(unit), number)
        for number, (unit, name, times) in enumerate(found["units"], start=1)
    )
    return Panel(
        "units", _("The units of the ring"), _("Led or taken part in, of those that run."),
        _("Unit"), (_("Consortia"),), rows, charted=(),
    )  # fmt: skip
