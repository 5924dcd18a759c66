"""What a change during operation needs before it is reported (clause 5.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation, Rule
from filings.eligibility.facts import Thresholds
from filings.eligibility.text import Text

WHAT, WHY, AGREEMENT, CONFIRMATIONS = "what", "why", "agreement", "confirmations"
_ASKS = _("What should stay stable may change where it must, by a supplementary agreement.")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit that a change concerns, and what it has done so far; the lead has no `member_id`."""

    name: str
    member_id: int | None
    signed: bool
    confirmation: str = "confirmed"
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A change as it is to be reported on `today`."""

    today: date
    changes_something: bool
    description: str
    reason: str
    effective_on: date | None
    starts_on: date
    ends_on: date
    document: bool
    signed_on: date | None
    units: tuple[UnitFacts, ...]


def change_content(facts: ProposalFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.changes_something:
        yield Observation(
            Text(_("Nothing would be different after this change.")),
            Text(_("Enter what changes; a member that leaves must be one on that day.")),
        )


def change_reason(facts: ProposalFacts, limits: Thresholds) -> Iterator[Observation]:
    if not (facts.reason.strip() and facts.description.strip()):
        yield Observation(
            Text(_("What changes and why is not said in words yet.")),
            Text(_("Say in a few sentences what changes, and why it cannot stay as it is.")),
            field="description" if not facts.description.strip() else "reason",
        )


def change_day(facts: ProposalFacts, limits: Thresholds) -> Iterator[Observation]:
    day = facts.effective_on
    if day is None or not facts.starts_on <= day <= facts.ends_on:
        yield Observation(
            Text(
                _("The day of the change must lie within the term, %(first)s to %(last)s."),
                {"first": facts.starts_on, "last": facts.ends_on},
            ),
            Text(_("Enter the day that the supplementary agreement names.")),
        )


def change_agreement(facts: ProposalFacts, limits: Thresholds) -> Iterator[Observation]:
    if not facts.document:
        yield Observation(
            Text(_("The supplementary agreement is not attached.")),
            Text(_("Attach the supplementary agreement with all seals as a PDF.")),
            field="upload",
        )
    if facts.signed_on is None or facts.signed_on > facts.today:
        yield Observation(
            Text(_("The day on which the supplementary agreement was signed is missing.")),
            Text(_("Enter the day on which the last unit signed; it is not still to come.")),
            field="agreement_signed_on",
        )


def _unsigned(facts: ProposalFacts, *, leaves: bool) -> Iterator[Observation]:
    for unit in facts.units:
        if unit.leaves == leaves and not unit.signed:
            yield Observation(
                Text(
                    _("%(unit)s has not signed the supplementary agreement."), {"unit": unit.name}
                ),
                Text(_("Have the unit sign; then mark its signature and attach the new PDF.")),
                member_id=unit.member_id,
                field="signed_members" if unit.member_id else "lead_signed",
            )


def change_signatures(facts: ProposalFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from _unsigned(facts, leaves=False)


def leaver_signature(facts: ProposalFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from _unsigned(facts, leaves=True)


def _unconfirmed(facts: ProposalFacts, *, leaves: bool) -> Iterator[Observation]:
    for unit in facts.units:
        if unit.leaves == leaves and unit.confirmation != "confirmed":
            disputed = unit.confirmation == "disputed"
            yield Observation(
                Text(
                    _("%(unit)s disputes this change.")
                    if disputed
                    else _("%(unit)s has not confirmed this change yet."),
                    {"unit": unit.name},
                ),
                Text(
                    _("Settle the matter with the unit, mend the change and ask it again.")
                    if disputed
                    else _("Ask the unit to read the change on the portal and confirm it.")
                ),
                {"confirmation": unit.confirmation},
                member_id=unit.member_id,
            )


def change_confirmed(facts: ProposalFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from _unconfirmed(facts, leaves=False)


def leaver_confirmed(facts: ProposalFacts, limits: Thresholds) -> Iterator[Observation]:
    yield from _unconfirmed(facts, leaves=True)


# A unit that must leave may refuse to sign or to answer: then the reason is given in writing.
CHANGE_RULES = (
    Rule(
        "change_content", "5.3", Level.BLOCK, _("What changes"), _ASKS, WHAT, change_content,
    ),
    Rule(
        "change_reason", "5.3", Level.BLOCK, _("The change in words"), _ASKS, WHY, change_reason,
    ),
    Rule(
        "change_day", "5.3", Level.BLOCK, _("Day of the change"), _ASKS, WHY, change_day,
        "effective_on",
    ),
    Rule(
        "change_agreement", "5.3", Level.BLOCK, _("Supplementary agreement"), _ASKS, AGREEMENT,
        change_agreement,
    ),
    Rule(
        "change_signatures", "5.3", Level.BLOCK, _("Signed by all units concerned"), _ASKS,
        AGREEMENT, change_signatures,
    ),
    Rule(
        "change_confirmed", "3.2", Level.BLOCK, _("Confirmation by the units concerned"), _ASKS,
        CONFIRMATIONS, change_confirmed,
    ),
    Rule(
        "leaver_signature", "5.3", Level.WARN, _("Signature of the unit that leaves"), _ASKS,
        AGREEMENT, leaver_signature,
    ),
    Rule(
        "leaver_confirmed", "3.2", Level.WARN, _("Confirmation by the unit that leaves"), _ASKS,
        CONFIRMATIONS, leaver_confirmed,
    ),
)  # fmt: skip
