"""The guideline's demands on a filing as small pure rules: plain values in, findings out."""

from filings.eligibility.engine import (
    Finding,
    Level,
    Observation,
    Rule,
    Source,
    blocking,
    evaluate,
    unjustified,
)
from filings.eligibility.facts import (
    AgreementFacts,
    ChangeFacts,
    CreditFacts,
    FilingFacts,
    GovernanceFacts,
    LeadFacts,
    MemberFacts,
    MilestoneFacts,
    TaskFacts,
    Thresholds,
)
from filings.eligibility.priority import PriorityIndex, priority_index
from filings.eligibility.rules import FILING_RULES, RULES_BY_ID
from filings.eligibility.text import Text

__all__ = [
    "FILING_RULES",
    "RULES_BY_ID",
    "AgreementFacts",
    "ChangeFacts",
    "CreditFacts",
    "FilingFacts",
    "Finding",
    "GovernanceFacts",
    "LeadFacts",
    "Level",
    "MemberFacts",
    "MilestoneFacts",
    "Observation",
    "PriorityIndex",
    "Rule",
    "Source",
    "TaskFacts",
    "Text",
    "Thresholds",
    "blocking",
    "evaluate",
    "priority_index",
    "unjustified",
]
