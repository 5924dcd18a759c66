"""The rules over a change: what it lacks itself, and what they find in the consortium as it would
be that they do not find in it as it is (clause 5.3). What was so before is not the change's."""

from datetime import date

from django.utils import timezone

from filings import facts
from filings.as_of import as_of, proposed
from filings.change_content import asked_to_confirm, changes_something, parties
from filings.eligibility.engine import Finding, blocking, evaluate, unjustified
from filings.eligibility.facts import Thresholds
from filings.eligibility.rules import FILING_RULES
from filings.eligibility.rules.change import CHANGE_RULES, ProposalFacts, UnitFacts
from filings.models import Change, ChangeKind, Confirmation, Consortium, Policy

ALL_RULES = {rule.id: rule for rule in (*FILING_RULES, *CHANGE_RULES)}
# Asked of the founding agreement; of a change the supplementary agreement is asked instead.
_NOT_ASKED = frozenset({"agreement_signatures", "supplementary_agreement"})


def findings_of(change: Change, on: date | None = None) -> tuple[Finding, ...]:
    """Everything that the rules find on `on` (today), the gravest first."""
    day = on or timezone.localdate()
    limits = Thresholds.of(Policy.objects.in_force(day))
    own = evaluate(CHANGE_RULES, _proposal(change, day), limits)
    before = as_of(change.consortium, change.effective_on or day)
    known = {_known_by(finding) for finding in _of_filing(before, day, limits)}
    found = [f for f in _of_filing(proposed(change), day, limits) if _known_by(f) not in known]
    weight = {"block": 0, "warn": 1, "advise": 2}
    return tuple(sorted((*own, *found), key=lambda finding: weight[finding.level]))


def hindrances(change: Change, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What keeps the change from being reported: BLOCK, and WARN without its written reason."""
    least = Policy.objects.in_force().justification_min_length
    return blocking(findings) + unjustified(findings, change.justifications, least)


def _of_filing(view: Consortium, day: date, limits: Thresholds) -> tuple[Finding, ...]:
    found = evaluate(FILING_RULES, facts.build(view, day), limits)
    return tuple(finding for finding in found if finding.rule not in _NOT_ASKED)


def _known_by(finding: Finding) -> tuple:
    return finding.rule, finding.member_id, finding.field, finding.message


def _proposal(change: Change, day: date) -> ProposalFacts:
    consortium = change.consortium
    return ProposalFacts(
        today=day,
        changes_something=changes_something(change),
        description=change.description,
        reason=change.reason,
        effective_on=change.effective_on,
        starts_on=consortium.starts_on,
        ends_on=consortium.ends_on,
        document=change.supplementary_agreement_id is not None,
        signed_on=change.agreement_signed_on,
        units=tuple(_units(change)),
    )


def _units(change: Change):
    answers = {row.member_id: row.answer for row in change.confirmations.all()}
    asked = {member.pk for member in asked_to_confirm(change)}
    yield UnitFacts(change.consortium.lead_unit.name, None, change.lead_signed)
    for member in parties(change):
        pending = answers.get(member.pk, Confirmation.PENDING)
        yield UnitFacts(
            name=member.name,
            member_id=member.pk,
            signed=member.pk in change.signed_members,
            confirmation=pending if member.pk in asked else Confirmation.CONFIRMED,
            leaves=change.kind == ChangeKind.LEAVE and member.pk == change.member_id,
        )
