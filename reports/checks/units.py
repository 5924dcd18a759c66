"""The units of the consortium: who signed, who did something, who is still there (3.5, 5.2)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Source
from filings.eligibility.text import Text
from reports.checks.facts import Limits, ReportFacts, UnitFacts
from reports.checks.rule import ASKS_MEMBERS, ASKS_UNITS, rule
from reports.parts import Part


def units_signed(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for unit in facts.units:
        if not (unit.is_lead or unit.signed or unit.hindered):
            yield Observation(
                Text(_("%(unit)s has not signed off its part."), {"unit": unit.name}),
                Text(_("Ask the unit to sign it off, or say why the report goes on without.")),
                {"unit": unit.id},
            )


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
        units_signed, Level.BLOCK, _("Parts of the units"), Part.COOPERATION, ASKS_UNITS,
        source=Source.PRACTICE,
    ),
    rule(
        units_contribute, Level.WARN, _("What every member does"), Part.COOPERATION, ASKS_MEMBERS,
        clause="3.5",
    ),
    rule(
        colleges_kept, Level.WARN, _("Universities and institutes"), Part.COOPERATION,
        ASKS_MEMBERS, clause="3.5",
    ),
)  # fmt: skip
