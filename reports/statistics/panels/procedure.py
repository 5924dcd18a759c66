"""How filings come through the procedure."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from filings.states import ANSWER_DUE, IN_PROCEDURE, Action, Status
from reports.statistics import links
from reports.statistics.panels import Figure, Panel, Row
from reports.statistics.stages import ONWARD


def came_through(figures: dict) -> Panel:
    words = {
        Action.SUBMIT: _("Submitted by the lead unit"),
        Action.ACCEPT: _("Accepted for review"),
        Action.RECOMMEND: _("Recommended"),
        Action.PUBLISH: _("Published for objections"),
        Action.FILE: pgettext("statistics", "Filed"),
    }
    rows = (
        Row(words[action], (Figure(figures[action], links.filings(came=action.value)),), action)
        for action in ONWARD
    )
    return Panel(
        "came-through",
        _("How far filings have come"),
        _("All filings that ever took the step, whatever became of them."),
        _("Step"),
        (pgettext("statistics", "Filings"),),
        tuple(rows),
    )


def moves(figures: dict, ended: dict) -> Panel:
    """What was done in a year; without links, for the yearly paper."""
    named = [(str(Action(name).label), name, number) for name, number in figures.items()]
    named += [(str(Status(name).label), name, number) for name, number in ended.items()]
    return Panel(
        "moves",
        _("What was done in the year"),
        _("A filing that came several times is counted each time."),
        _("Step"),
        (pgettext("statistics", "Times"),),
        tuple(Row(label, (Figure(number),), name) for label, name, number in named),
        charted=(),
    )


def waiting(figures: dict) -> Panel:
    rows = tuple(_stage(stage, figures[stage]) for stage in IN_PROCEDURE)
    return Panel(
        "waiting",
        _("Where filings wait"),
        _("Late are those to which the bureau owes an answer since its last day."),
        _("Stage"),
        (_("In time"), _("Late"), _("All"), _("First waits, working days")),
        rows,
        kind="stacked",
        drawn=(0, 1),
    )


def _stage(stage, found: dict) -> Row:
    here = links.filings(state=stage.value)
    late = links.filings(state=stage.value, overdue="yes") if stage in ANSWER_DUE else ""
    figures = (
        Figure(found["count"] - found["late"], links.filings(state=stage.value, overdue="no")),
        Figure(found["late"] if stage in ANSWER_DUE else None, late),
        Figure(found["count"], here),
        Figure(found["longest"], here),
    )
    return Row(str(stage.label), figures, stage)


def times(figures: dict, first: date, last: date) -> Panel:
    rows = (
        Row(
            str(stage.label),
            tuple(
                Figure(figures[stage][name], links.moves_out_of(stage.value, first, last))
                for name in ("median", "ninetieth", "count")
            ),
            stage,
        )
        for stage in IN_PROCEDURE
    )
    return Panel(
        "times",
        _("How long the stages take"),
        _("In working days, of the visits to each stage that ended from %(first)s to %(last)s.")
        % {"first": date_format(first), "last": date_format(last)},
        _("Stage"),
        (_("Half within"), _("Nine of ten within"), _("Visits")),
        tuple(rows),
        drawn=(0, 1),
    )
