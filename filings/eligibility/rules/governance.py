"""How the consortium is steered: encouraged, never demanded (clauses 3.2 and 3.3)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.facts import FilingFacts, Thresholds
from filings.eligibility.text import Text
from filings.sections import Section

_ASKS_COUNCIL = _(
    "Encouraged: a council chaired by the head of the lead unit, or another working mechanism, "
    "that directs resources and shares income fairly."
)
_ASKS_ADVICE = _("Encouraged: a chief expert and an advisory committee for technical decisions.")


def working_mechanism(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    governance = facts.governance
    if governance.council_kind == "council":
        return
    if governance.council_kind == "other" and governance.mechanism.strip():
        return
    yield Observation(
        Text(
            _("Another working mechanism is chosen, but not described.")
            if governance.council_kind == "other"
            else _("There is no council and no other working mechanism.")
        ),
        Text(_("Set up a council, or describe how the units decide together.")),
        {"council_kind": governance.council_kind},
    )


def council_chair(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    governance = facts.governance
    if governance.council_kind != "council":
        return
    if not governance.chair.strip():
        yield Observation(
            Text(_("The council has no chair.")),
            Text(_("Name the chair, best the head of the lead unit.")),
        )
    elif not governance.chair_is_lead_head:
        yield Observation(
            Text(
                _("The council is chaired by %(chair)s, who does not head the lead unit."),
                {"chair": governance.chair},
            ),
            Text(_("Consider giving the chair to the head of the lead unit.")),
            field="chair_is_lead_head",
        )


def chief_expert(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.governance.chief_expert.strip():
        yield Observation(
            Text(_("No chief expert is named.")),
            Text(_("Name a chief expert for the technical decisions.")),
        )


def advisory_committee(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.governance.advisory_committee.strip():
        yield Observation(
            Text(_("There is no expert advisory committee.")),
            Text(_("Set one up and name its members.")),
        )


def mechanism_innovation(facts: FilingFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.governance.mechanism_innovation.strip():
        yield Observation(
            Text(_("Nothing is said about new ways of working together.")),
            Text(
                _("Describe what the consortium does differently to let every unit give its best.")
            ),
        )


RULES = (
    Rule(
        "working_mechanism", "3.3", Level.ADVISE, _("Council or working mechanism"), _ASKS_COUNCIL,
        Section.GOVERNANCE, working_mechanism, "council_kind",
    ),
    Rule(
        "council_chair", "3.3", Level.ADVISE, _("Chair of the council"), _ASKS_COUNCIL,
        Section.GOVERNANCE, council_chair, "council_chair",
    ),
    Rule(
        "chief_expert", "3.3", Level.ADVISE, _("Chief expert"), _ASKS_ADVICE,
        Section.GOVERNANCE, chief_expert, "chief_expert",
    ),
    Rule(
        "advisory_committee", "3.3", Level.ADVISE, _("Expert advisory committee"), _ASKS_ADVICE,
        Section.GOVERNANCE, advisory_committee, "advisory_committee",
    ),
    Rule(
        "mechanism_innovation", "3.2", Level.ADVISE, _("What is new in the mechanism"),
        _("Encouraged: new institutions and mechanisms that set every side's strength free."),
        Section.GOVERNANCE, mechanism_innovation, "mechanism_innovation",
    ),
)  # fmt: skip
