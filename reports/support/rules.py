"""What hinders a request for support, as small pure rules over plain values, each with its clause.

Whether a unit may be supported at all derives from state and record; what the request itself must
say, from its kind. The same rules run before it is begun, when it is submitted, and when the
bureau is about to say yes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.substance import thin
from filings.eligibility.text import Text
from filings.term import last_day
from reports.support.kinds import CONTACT, MEASURES, Kind

RECORD, CONTENT = "record", "edit"
_PROSE = ("problem", "targets", "basis", "purpose")


@dataclass(frozen=True, slots=True)
class SupportFacts:
    """State and record of a consortium and the units concerned; and what a request says, empty
    before it is begun. `values` holds its fields by name, `members` as their number."""

    kind: str
    today: date
    running: bool
    ends_on: date | None
    reports_missing: tuple[int, ...]
    reports_waiting: tuple[int, ...]
    records: tuple[tuple[str, str], ...]
    cases: tuple[str, ...]
    values: Mapping[str, object]


def running(facts: SupportFacts, limits) -> Iterator[Observation]:
    if not facts.running:
        yield Observation(
            Text(_("The consortium is not running today.")),
            Text(_("Support is for consortia within their term; nothing can be asked any more.")),
        )


def reports_missing(facts: SupportFacts, limits) -> Iterator[Observation]:
    for year in facts.reports_missing:
        yield Observation(
            Text(_("The yearly report on %(year)s is overdue."), {"year": str(year)}),
            Text(_("Have the lead unit hand the report in first.")),
            {"year": year},
        )


def reports_waiting(facts: SupportFacts, limits) -> Iterator[Observation]:
    for year in facts.reports_waiting:
        yield Observation(
            Text(
                _("The yearly report on %(year)s has been handed in and is not accepted yet."),
                {"year": str(year)},
            ),
            Text(_("The bureau decides on support once the report has been accepted.")),
            {"year": year},
        )


def no_record(facts: SupportFacts, limits) -> Iterator[Observation]:
    for unit, number in facts.records:
        yield Observation(
            Text(
                _("%(unit)s has a record of dishonesty in force (decision %(decision)s)."),
                {"unit": unit, "decision": number},
            ),
            Text(_("Support is possible again once the record has ended.")),
            {"decision_number": number},
        )


def no_case(facts: SupportFacts, limits) -> Iterator[Observation]:
    for unit in facts.cases:
        yield Observation(
            Text(_("A credit case against %(unit)s is open."), {"unit": unit}),
            Text(_("Wait until it has been decided.")),
        )


def said(facts: SupportFacts, limits) -> Iterator[Observation]:
    """Every field of the kind that may not stay empty says something; prose says enough."""
    measure = MEASURES[facts.kind]
    for name in (*measure.fields, *CONTACT):
        value = facts.values[name]
        label = Text(measure.label_id(name))
        if name in measure.optional or name == "members":
            continue
        if name in _PROSE:
            yield from _thin(str(value), limits.min_text_length, name, label)
        elif value in ("", None) or value == Decimal(0):
            yield Observation(
                Text(_("Still missing: %(field)s."), {"field": label}),
                Text(_("Fill it in.")),
                field=name,
            )


def _thin(text: str, least: int, name: str, label: Text) -> Iterator[Observation]:
    for seen in thin(
        text,
        least,
        empty=_("Still missing: %(field)s."),
        short=_("Too short to be judged: %(field)s (%(length)s of %(least)s characters)."),
        remedy=_("Write at least %(least)s characters."),
        field=label,
    ):
        yield Observation(seen.message, seen.remedy, {"length": len(text)}, field=name)


def partners_needed(facts: SupportFacts, limits) -> Iterator[Observation]:
    if not facts.values["members"]:
        yield Observation(
            Text(_("No other unit takes part.")),
            Text(_("A joint application has at least two units: tick who takes part.")),
        )


def partners_wanted(facts: SupportFacts, limits) -> Iterator[Observation]:
    if not facts.values["members"]:
        yield Observation(
            Text(_("No other unit takes part.")),
            Text(_("The guideline wants firms, universities and institutes to work together.")),
        )


def within_term(facts: SupportFacts, limits) -> Iterator[Observation]:
    months = facts.values["months"]
    if months and facts.ends_on and last_day(facts.today, months) > facts.ends_on:
        yield Observation(
            Text(
                _("Begun today it would end after the term of the consortium (%(day)s)."),
                {"day": facts.ends_on},
            ),
            Text(_("Say in the text how the work goes on after the term.")),
        )


def consent_given(facts: SupportFacts, limits) -> Iterator[Observation]:
    if not facts.values["consent"]:
        yield Observation(
            Text(_("Without your consent the bureau passes nothing on to institutions.")),
            Text(_("Tick the consent if banks and funds shall hear of the need.")),
        )


_SUPPORTS = _("Section four of the guideline supports consortia that are filed and running.")
_REPORTS = _("Every consortium reports once a year on the bureau's notice.")
_HONEST = _("Units act honestly; serious falsification is recorded and excludes.")


def _rule(
    check: Callable, clause: str, level: Level, title: str, asks: str, step=RECORD, field=""
) -> Rule:
    return Rule(
        id=f"support_{check.__name__}", clause=clause, level=level, title=title, asks=asks,
        step=step, check=check, field=field,
    )  # fmt: skip


def _standing(waiting: Level) -> tuple[Rule, ...]:
    """The rules on state and record; a report that waits for the bureau is no fault of the unit's,
    but keeps the bureau from saying yes."""
    return (
        _rule(running, "5.1", Level.BLOCK, _("The consortium is running"), _SUPPORTS),
        _rule(reports_missing, "5.2", Level.BLOCK, _("No report is overdue"), _REPORTS),
        _rule(reports_waiting, "5.2", waiting, _("Reports are accepted"), _REPORTS),
        _rule(no_record, "5.3", Level.BLOCK, _("No record of dishonesty"), _HONEST),
        _rule(no_case, "5.3", Level.BLOCK, _("No open credit case"), _HONEST),
    )


TO_BEGIN = _standing(Level.ADVISE)
TO_DECIDE = _standing(Level.BLOCK)


def _content(kind: str) -> tuple[Rule, ...]:
    measure = MEASURES[kind]
    of = (measure.clause, measure.asks)

    def rule(check, level, title, field="", *, clause=of[0], asks=of[1]):
        return _rule(check, clause, level, title, asks, CONTENT, field)

    rules = [rule(said, Level.BLOCK, _("What is asked"))]
    if "members" in measure.fields:
        title = _("Units that take part")
        # A joint application is joint; of a project the guideline only says it is wanted.
        if kind == Kind.TALENT_JOINT:
            rules.append(rule(partners_needed, Level.BLOCK, title, "members"))
        else:
            rules.append(rule(partners_wanted, Level.ADVISE, title, "members"))
    if "problem" in measure.fields:
        title = _("Within the term")
        rules.append(rule(within_term, Level.ADVISE, title, "months", clause="5.1", asks=_SUPPORTS))
    if "consent" in measure.fields:
        rules.append(rule(consent_given, Level.ADVISE, _("Consent"), "consent"))
    return tuple(rules)


TO_SUBMIT = {kind: TO_BEGIN + _content(kind) for kind in MEASURES}
