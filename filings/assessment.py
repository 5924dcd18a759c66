"""The rules over one consortium, as it stands: live beside the form, on submit, and in review."""

from datetime import date

from filings import facts
from filings.as_of import as_of
from filings.eligibility.engine import Finding, blocking, evaluate, unjustified
from filings.eligibility.facts import Thresholds
from filings.eligibility.rules import FILING_RULES
from filings.models import Consortium, Policy


def findings_of(
    consortium: Consortium, *, policy: Policy | None = None, on: date | None = None
) -> tuple[Finding, ...]:
    """Everything the guideline's rules find on `on` (today) under `policy` (the one in force)."""
    thresholds = Thresholds.of(policy or Policy.objects.in_force(on))
    if consortium.is_filed:
        consortium = as_of(consortium, on)
    return evaluate(FILING_RULES, facts.build(consortium, on), thresholds)


def justifications_of(consortium: Consortium) -> dict[str, str]:
    return dict(consortium.justifications.values_list("rule", "text"))


def hindrances(
    findings: tuple[Finding, ...], justifications: dict[str, str], policy: Policy
) -> tuple[Finding, ...]:
    """What keeps a filing from being submitted: every BLOCK, and every WARN without its reason."""
    return blocking(findings) + unjustified(
        findings, justifications, policy.justification_min_length
    )
