"""What contradicts itself or is missing in a report, through the same engine as eligibility."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule, Source, evaluate
from filings.eligibility.text import Text
from filings.models import Policy
from filings.term import last_day
from reports.models import AnnualReport, MilestoneProgress
from reports.parts import Part
from reports.prefill import explanations_of

_ASKS = _("The yearly report has seven parts, from overall construction to next year's plan.")
_ASKS_HONEST = _("Reports are honest; serious falsification costs the qualification.")
_ASKS_CHANGES = _("A change during operation is explained in the yearly report.")


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report as plain values; money in 10k CNY."""

    texts: dict[str, str]
    team_size: int | None
    rd_staff: int | None
    funds_in: Decimal | None
    funds_used: Decimal | None
    income: Decimal | None
    income_shared: Decimal | None
    projects: int
    unexplained: tuple[str, ...]
    unsaid: tuple[str, ...]
    unreasoned: tuple[str, ...]


def facts_of(report: AnnualReport) -> ReportFacts:
    """Read a report; a milestone is due when its month of the term ended by the year's end."""
    year_end = date(report.call.reporting_year, 12, 31)
    starts_on = report.consortium.starts_on
    rows = list(report.milestones.select_related("milestone"))
    due = [row for row in rows if last_day(starts_on, row.milestone.month) <= year_end]
    state = MilestoneProgress.State
    return ReportFacts(
        texts={part.value: getattr(report, part.value) for part in Part},
        team_size=report.team_size,
        rd_staff=report.rd_staff,
        funds_in=report.funds_in,
        funds_used=report.funds_used,
        income=report.income,
        income_shared=report.income_shared,
        projects=report.projects.count(),
        unexplained=tuple(
            row.change.description for row in explanations_of(report) if not row.text.strip()
        ),
        unsaid=tuple(r.milestone.title for r in due if r.state in ("", state.AHEAD)),
        unreasoned=tuple(
            r.milestone.title
            for r in rows
            if r.state in (state.DELAYED, state.DROPPED) and not r.note.strip()
        ),
    )


def empty_parts(facts: ReportFacts, limits) -> Iterator[Observation]:
    for part in Part:
        if not facts.texts[part.value].strip():
            yield Observation(
                Text(
                    _("A part of the report is still empty: %(part)s."), {"part": Text(NAMES[part])}
                ),
                Text(_("Write at least what the year brought, even if it is little.")),
                step=part.value,
                field=part.value,
            )


def unexplained_changes(facts: ReportFacts, limits) -> Iterator[Observation]:
    for change in facts.unexplained:
        yield Observation(
            Text(_("A change of the year is not explained: %(change)s"), {"change": change}),
            Text(_("Explain it at the first part of the report.")),
        )


def income_shared(facts: ReportFacts, limits) -> Iterator[Observation]:
    if (facts.income_shared or 0) > (facts.income or 0):
        yield Observation(
            Text(_("More income is shared than there was.")),
            Text(_("Compare the two figures: one of them is wrong.")),
        )


def funds_used(facts: ReportFacts, limits) -> Iterator[Observation]:
    if facts.funds_in is None or facts.funds_used is None:
        yield Observation(
            Text(_("The funds put in, or used, are missing.")),
            Text(_("Enter both figures in 10k CNY; 0 where there were none.")),
        )
    elif facts.funds_used > facts.funds_in:
        yield Observation(
            Text(_("More funds were used than were put in during the year.")),
            Text(_("Say where the rest came from, for example from last year.")),
        )


def milestones_said(facts: ReportFacts, limits) -> Iterator[Observation]:
    for title in facts.unsaid:
        yield Observation(
            Text(
                _("This milestone was due, but it is not said what became of it: %(title)s"),
                {"title": title},
            ),
            Text(_("Say whether it was reached, is delayed, or was dropped.")),
        )


def milestones_reasoned(facts: ReportFacts, limits) -> Iterator[Observation]:
    for title in facts.unreasoned:
        yield Observation(
            Text(
                _("This milestone is delayed or dropped without a reason: %(title)s"),
                {"title": title},
            ),
            Text(_("Give the reason beside it.")),
        )


def projects_named(facts: ReportFacts, limits) -> Iterator[Observation]:
    if not facts.projects:
        yield Observation(
            Text(_("No R&D project of the year is named.")),
            Text(_("Add the projects, or say why there was none.")),
        )


def team_adds_up(facts: ReportFacts, limits) -> Iterator[Observation]:
    if facts.team_size is None or facts.rd_staff is None:
        yield Observation(
            Text(_("The figures of the team are missing.")),
            Text(_("Enter the people of the operating team and the R&D staff.")),
        )


NAMES = {
    Part.CONSTRUCTION: _("Overall construction"),
    Part.COOPERATION: _("Cooperating units and R&D projects"),
    Part.TEAM: _("Operating team"),
    Part.FUNDS: _("Funds and sharing of income"),
    Part.TASKS: _("Progress of the key tasks"),
    Part.TALENT: _("People trained"),
    Part.PLAN: _("Plan for next year"),
}


def _rule(check, clause, level, title, asks, part, field="") -> Rule:
    return Rule(
        id=check.__name__, clause=clause, level=level, title=title, asks=asks, step=part.value,
        check=check, field=field, source=Source.GUIDELINE,
    )  # fmt: skip


REPORT_RULES = (
    _rule(empty_parts, "5.2", Level.BLOCK, _("All seven parts"), _ASKS, Part.CONSTRUCTION),
    _rule(
        unexplained_changes,
        "5.3",
        Level.BLOCK,
        _("Changes explained"),
        _ASKS_CHANGES,
        Part.CONSTRUCTION,
    ),
    _rule(
        income_shared,
        "5.3",
        Level.BLOCK,
        _("Income shared"),
        _ASKS_HONEST,
        Part.FUNDS,
        "income_shared",
    ),
    _rule(milestones_said, "5.2", Level.BLOCK, _("Milestones that were due"), _ASKS, Part.TASKS),
    _rule(funds_used, "5.2", Level.WARN, _("Funds used"), _ASKS, Part.FUNDS, "funds_used"),
    _rule(milestones_reasoned, "5.2", Level.WARN, _("Reasons of delay"), _ASKS, Part.TASKS),
    _rule(projects_named, "5.2", Level.WARN, _("R&D projects"), _ASKS, Part.COOPERATION),
    _rule(
        team_adds_up, "5.2", Level.ADVISE, _("Figures of the team"), _ASKS, Part.TEAM, "team_size"
    ),
)


def findings_of(report: AnnualReport):
    """Everything the checks find in a report as it stands."""
    return evaluate(REPORT_RULES, facts_of(report), Policy.objects.in_force())
