"""The dashboard: its panels in order, out of the figures that were counted."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from filings.workdays import is_provisional
from reports.models import Picture
from reports.statistics import concerns, links
from reports.statistics.panels import Panel, consortia, procedure, reported, supported


@dataclass(frozen=True, slots=True)
class Tally:
    """A number at the head of the page; `urgent` when it should be nought."""

    label: str
    number: int
    url: str
    urgent: bool = False


def tallies(picture: Picture) -> list[Tally]:
    figures = picture.figures
    running = Tally(_("Running consortia"), figures["active"], links.filings(state="active"))
    return [running] + [
        Tally(
            str(concern.label),
            figures["concerns"][concern],
            links.concern(concern.value),
            bool(figures["concerns"][concern]),
        )
        for concern in concerns.Concern
    ]


def panels(picture: Picture) -> list[Panel]:
    figures, day = picture.figures, picture.day
    return [
        procedure.came_through(figures["came_through"]),
        procedure.waiting(figures["waiting"]),
        procedure.times(figures["times"], day - concerns.YEAR, day),
        consortia.by_field(figures["running"]["field"]),
        consortia.by_district(figures["running"]["district"]),
        consortia.by_lead_kind(figures["running"]["lead_kind"]),
        consortia.ends(figures["ends"]),
        reported.punctuality(figures["punctuality"]),
        *reported.graded(figures),
        reported.by_year(figures["sums"]),
        reported.outputs(figures["sums"]),
        reported.by_field(figures["sums"]),
        supported.by_measure(figures["support"]),
        supported.provincial(figures["provincial"]),
        consortia.network(figures["network"]),
        consortia.units(figures["network"]),
    ]


def provisional(picture: Picture) -> bool:
    """Whether working days of the year are counted without its holidays."""
    return is_provisional(picture.day)
