"""The units of the consortium: who did something, who is still there (clause 3.5)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation
from filings.eligibility.text import Text
from reports.checks.facts import Limits, ReportFacts, UnitFacts
from reports.checks.rule import ASKS_MEMBERS, rule
from reports.parts import Part


def units_contribute(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for unit in facts.units:
        if not unit.is_lead and not _does_something(unit):
            yield Observation(
                Text(
                    _("%(unit)s put in no funds and no people, and takes part in no project."),
                    {"unit": unit.name},
                ),
                Text(_("Complete its part, or say what it did this year.")),
                {"unit": unit.id},
            )


def _does_something(unit: UnitFacts) -> bool:
    return bool(unit.projects or unit.funds_in or unit.rd_staff or unit.team_staff)


def colleges_kept(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    if facts.colleges_now < facts.colleges_filed:
        yield Observation(
            Text(
                _(
                    "There are fewer universities and research institutes among the members than "
                    "were filed: %(now)s instead of %(filed)s."
                ),
                {"now": facts.colleges_now, "filed": facts.colleges_filed},
            ),
            Text(_("Say how the work that they did goes on.")),
        )


RULES = (
    rule(
        units_contribute, Level.WARN, _("What every member does"), Part.COOPERATION, ASKS_MEMBERS,
        clause="3.5",
    ),
    rule(
        colleges_kept, Level.WARN, _("Universities and institutes"), Part.COOPERATION,
        ASKS_MEMBERS, clause="3.5",
    ),
)  # fmt: skip
