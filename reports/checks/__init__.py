"""What contradicts itself or is missing in a report, through the same engine as eligibility."""

from filings.eligibility.engine import Finding, evaluate
from filings.models import Policy
from reports.checks import jumps, money, progress, units, whole
from reports.checks.facts import Limits
from reports.checks.reading import facts_of
from reports.models import AnnualReport

REPORT_RULES = (*whole.RULES, *units.RULES, *money.RULES, *progress.RULES, *jumps.RULES)
RULES_BY_ID = {rule.id: rule for rule in REPORT_RULES}

__all__ = ["REPORT_RULES", "RULES_BY_ID", "facts_of", "findings_of"]


def findings_of(report: AnnualReport, policy: Policy | None = None) -> tuple[Finding, ...]:
    """Everything the checks find in a report as it stands."""
    limits = Limits.of(policy or Policy.objects.in_force())
    return evaluate(REPORT_RULES, facts_of(report), limits)
