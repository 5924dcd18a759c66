"""Any facts at all, also those that no form lets through."""

from datetime import date

from hypothesis import strategies as st

from filings.eligibility import (
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
from tests.filings.eligibility.filing_facts import LEAD_CODE, LONG

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
texts = st.sampled_from(("", " ", "short", "100 % sure %(unit)s", LONG)) | st.text(max_size=40)
codes = st.sampled_from(("", LEAD_CODE, "12320000XX00020146", "92320115XX0003017B")) | texts
money = st.none() | st.decimals("-1000000000", "999999999999.99", places=2)
ids = st.integers(1, 5)
words = st.sampled_from((
    "", "other", "leading_enterprise", "major_platform", "enterprise", "university",
    "institute", "platform", "national", "provincial", "laboratory", "council", "none",
    "confirmed", "pending", "disputed", "production", "learning", "research", "application",
    "unheard_of",
))  # fmt: skip
some_words = st.lists(words, max_size=4).map(tuple)


def several(strategy, most=3):
    return st.lists(strategy, max_size=most).map(tuple)


def any_of(cls, **fields):
    """Build `cls`, its text fields from `texts` unless told otherwise, its flags from booleans."""
    by_type = {str: texts, bool: st.booleans(), int: ids, date: days}
    hints = {name: by_type[hint] for name, hint in cls.__annotations__.items() if hint in by_type}
    return st.builds(cls, **{**hints, **fields})


leads = any_of(
    LeadFacts,
    uscc=codes,
    lead_kind=words,
    revenue=money,
    rd_spend=money,
    platform_kind=words,
    platform_level=words,
)
members = any_of(
    MemberFacts,
    uscc=codes,
    kind=words,
    chain_roles=some_words,
    rd_staff=st.none() | st.integers(-1, 100_000),
    confirmation=words,
)
milestones = any_of(MilestoneFacts, month=st.none() | st.integers(-5, 200))
tasks = any_of(
    TaskFacts,
    budget=money,
    own_funds=money,
    unit_ids=several(st.none() | ids),
    milestones=several(milestones),
)
filings = any_of(
    FilingFacts,
    focus_field_code=st.none() | texts,
    goal_kinds=some_words,
    lead=leads,
    members=several(members),
    tasks=several(tasks),
    governance=any_of(GovernanceFacts, council_kind=words),
    agreement=any_of(AgreementFacts, signed_on=st.none() | days),
    term_months=st.integers(0, 120),
    credit_records=several(any_of(CreditFacts, uscc=codes, valid_to=st.none() | days)),
    changes=several(any_of(ChangeFacts, effective_on=st.none() | days)),
    filed_lead_uscc=st.none() | codes,
)
thresholds = st.builds(
    Thresholds,
    min_text_length=st.integers(0, 200),
    min_members=st.integers(0, 10),
    min_revenue=money,
    min_rd_intensity=st.none() | st.decimals("0", "999.99", places=2),
    require_nanjing_lead=st.booleans(),
    index_revenue_full=st.decimals("0", "1000000", places=2),
    index_intensity_full=st.decimals("0", "100", places=2),
    index_revenue_weight=st.integers(0, 100),
    index_intensity_weight=st.integers(0, 100),
    index_platform_national=st.integers(0, 100),
    index_platform_provincial=st.integers(0, 100),
    index_platform_other_share=st.integers(0, 100),
)
