"""Every rule of a filing, in the order of the form's steps."""

from filings.eligibility.rules import (
    agreement,
    attachments,
    capability,
    credit,
    focus,
    governance,
    identity,
    lead,
    members,
    operation,
    programme,
)

FILING_RULES = (
    *lead.RULES,
    *focus.RULES,
    *identity.RULES,
    *members.RULES,
    *capability.RULES,
    *governance.RULES,
    *programme.RULES,
    *agreement.RULES,
    *attachments.RULES,
    *credit.RULES,
    *operation.RULES,
)
RULES_BY_ID = {rule.id: rule for rule in FILING_RULES}
