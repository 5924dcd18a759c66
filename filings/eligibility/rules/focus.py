"""What the consortium is about (clauses 2 and 3.1)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.facts import FilingFacts, Thresholds
from filings.eligibility.substance import thin
from filings.eligibility.text import Text
from filings.sections import Section


def focus_field(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.focus_field_code:
        yield Observation(
            Text(_("No focus field is chosen.")),
            Text(_("Choose the field of the bureau's list that the tasks belong to.")),
        )
    elif not facts.focus_field_current:
        yield Observation(
            Text(_("The chosen focus field is no longer on the bureau's list.")),
            Text(_("Choose a field of the list as it stands today.")),
            {"focus_field": facts.focus_field_code},
        )


def goal_kind(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.goal_kinds:
        yield Observation(
            Text(_("It is not stated what kind of technology is aimed at.")),
            Text(
                _(
                    "Choose at least one: bottleneck technology, key technology with a first-mover "
                    "advantage, or frontier technology."
                )
            ),
        )


def goals(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from thin(
        facts.goals,
        limits.min_text_length,
        empty=_("The goals are not described."),
        short=_("The goals are described in %(length)s characters only."),
        remedy=_(
            "Say in at least %(least)s characters what will have been reached at the end of the "
            "term, if possible in figures."
        ),
    )


def bottleneck(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from thin(
        facts.bottleneck,
        limits.min_text_length,
        empty=_("The bottleneck that is attacked is not described."),
        short=_("The bottleneck is described in %(length)s characters only."),
        remedy=_(
            "Say in at least %(least)s characters which technology is missing, who has it, and "
            "what its lack costs the industry."
        ),
    )


def nanjing_strength(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from thin(
        facts.nanjing_strength,
        limits.min_text_length,
        empty=_("It is not said what makes Nanjing the place for this."),
        short=_("Why Nanjing is the place is told in %(length)s characters only."),
        remedy=_(
            "Name in at least %(least)s characters the industry, institutes or facilities here "
            "that give the city its lead."
        ),
    )


RULES = (
    Rule(
        "focus_field", "2", Level.BLOCK, _("Focus field"),
        _("A consortium works in a key industry, an emerging cluster or a future industry."),
        Section.FOCUS, focus_field, "focus_field",
    ),
    Rule(
        "goal_kind", "2", Level.BLOCK, _("Kind of goal"),
        _("It attacks a bottleneck, builds on a first-mover advantage or opens a frontier."),
        Section.FOCUS, goal_kind, "goal_kinds",
    ),
    Rule(
        "goals", "2", Level.BLOCK, _("Goals"),
        _("It aims at technology and results that lead on to use in industry."),
        Section.FOCUS, goals, "goals",
    ),
    Rule(
        "bottleneck", "3.1", Level.BLOCK, _("The bottleneck that is attacked"),
        _("It shall focus on technology that is urgently missing, or on the next generation."),
        Section.FOCUS, bottleneck, "bottleneck",
    ),
    Rule(
        "nanjing_strength", "3.1", Level.BLOCK, _("What makes Nanjing the place"),
        _("It stands in a field where Nanjing has the best foundation and the greatest strength."),
        Section.FOCUS, nanjing_strength, "nanjing_strength",
    ),
)  # fmt: skip
