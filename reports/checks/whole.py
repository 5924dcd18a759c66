"""Whether all that is asked for is there: seven parts, the changes, the plan (clauses 5.2, 5.3)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation
from filings.eligibility.text import Text
from reports.checks.facts import Limits, ReportFacts
from reports.checks.rule import ASKS_CHANGES, rule
from reports.parts import Part

NAMES = {
    Part.CONSTRUCTION: _("Overall construction"),
    Part.COOPERATION: _("Cooperating units and R&D projects"),
    Part.TEAM: _("Operating team"),
    Part.FUNDS: _("Funds and sharing of income"),
    Part.TASKS: _("Progress of the key tasks"),
    Part.TALENT: _("People trained"),
    Part.PLAN: _("Plan for next year"),
}


def empty_parts(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
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


def unexplained_changes(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for change in facts.unexplained:
        yield Observation(
            Text(_("A change of the year is not explained: %(change)s"), {"change": change}),
            Text(_("Explain it at the first part of the report.")),
        )


def plan_milestones(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    if not facts.plan and facts.term_end > facts.year_end:
        yield Observation(
            Text(_("The plan names no milestone.")),
            Text(_("Add what is to be reached, and by when: the next report tells of it.")),
        )


def plan_days(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for row in facts.plan:
        if row.due_on <= facts.year_end:
            yield Observation(
                Text(
                    _("A milestone of the plan lies in the year reported on: %(title)s"),
                    {"title": row.title},
                ),
                Text(_("Plan it for a day after that year.")),
                {"plan": row.id},
            )


RULES = (
    rule(empty_parts, Level.BLOCK, _("All seven parts"), Part.CONSTRUCTION),
    rule(
        unexplained_changes, Level.BLOCK, _("Changes explained"), Part.CONSTRUCTION, ASKS_CHANGES,
        clause="5.3",
    ),
    rule(plan_days, Level.BLOCK, _("Days of the plan"), Part.PLAN, field="due_on"),
    rule(plan_milestones, Level.WARN, _("Milestones of the plan"), Part.PLAN),
)  # fmt: skip
