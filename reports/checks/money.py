"""Money that contradicts itself: sums, and what is used or shared beyond what there was (5.2)."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation
from filings.eligibility.text import Text
from reports.checks.facts import Limits, ReportFacts
from reports.checks.rule import ASKS_HONEST, rule
from reports.parts import Part


def income_shared(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for unit in facts.units:
        if (unit.income_paid or 0) > (unit.income or 0):
            yield Observation(
                Text(_("%(unit)s passed on more income than it had."), {"unit": unit.name}),
                Text(_("Compare the two figures: one of them is wrong.")),
                {"unit": unit.id},
            )


def income_balances(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    paid = sum(unit.income_paid or 0 for unit in facts.units)
    received = sum(unit.income_received or 0 for unit in facts.units)
    if paid != received:
        yield Observation(
            Text(
                _(
                    "The units passed on %(paid)s among each other, but received %(received)s "
                    "(in 10k CNY)."
                ),
                {"paid": _plain(paid), "received": _plain(received)},
            ),
            Text(_("Compare the parts of the units: both sums are of the same money.")),
        )


def funds_said(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    if facts.figures.get("funds_in") is None or facts.figures.get("funds_used") is None:
        yield Observation(
            Text(_("The funds put in, or used, are missing.")),
            Text(_("Enter both in the parts of the units; 0 where there were none.")),
        )


def funds_used(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    put_in, used = facts.figures.get("funds_in"), facts.figures.get("funds_used")
    if put_in is not None and used is not None and used > put_in:
        yield Observation(
            Text(_("More funds were used than were put in during the year.")),
            Text(_("Say where the rest came from, for example from last year.")),
        )


def projects_paid(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    used = facts.figures.get("funds_used")
    spent = sum(project.spent or 0 for project in facts.projects)
    if used is not None and spent > used:
        yield Observation(
            Text(
                _("The projects spent %(spent)s, more than all funds used: %(used)s (in 10k CNY)."),
                {"spent": _plain(spent), "used": _plain(used)},
            ),
            Text(_("Compare the projects with the parts of the units.")),
            step=Part.COOPERATION.value,
        )


def funds_planned(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    put_in, planned = facts.figures.get("funds_in"), facts.before.get("plan_funds")
    if put_in is not None and planned is not None and put_in < planned:
        yield Observation(
            Text(
                _("Less was put in than the report before planned: %(now)s of %(planned)s."),
                {"now": _plain(put_in), "planned": _plain(planned)},
            ),
            Text(_("Say in the text what kept the rest back.")),
        )


def _plain(amount: Decimal | int) -> str:
    return f"{amount:,.2f}"


RULES = (
    rule(
        income_shared, Level.BLOCK, _("Income passed on"), Part.FUNDS, ASKS_HONEST, clause="5.3",
        field="income_paid",
    ),
    rule(
        income_balances, Level.BLOCK, _("Income among the units"), Part.FUNDS, ASKS_HONEST,
        clause="5.3",
    ),
    rule(funds_said, Level.WARN, _("Figures of the funds"), Part.FUNDS),
    rule(funds_used, Level.WARN, _("Funds used"), Part.FUNDS),
    rule(projects_paid, Level.WARN, _("Money of the projects"), Part.FUNDS),
    rule(funds_planned, Level.ADVISE, _("Funds as planned"), Part.FUNDS),
)  # fmt: skip
