"""A filing that no rule has anything against, and small changes to it by path."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

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
)

TODAY = date(2026, 11, 23)
LONG = "A text that says enough for a reader who wants to judge it by its words alone."
LEAD_CODE = "91320115XX0001011D"
UNIVERSITY, ENTERPRISE = 11, 12

LEAD = LeadFacts(
    name="Spark Equipment",
    uscc=LEAD_CODE,
    lead_kind="leading_enterprise",
    revenue=Decimal("186400.00"),
    rd_spend=Decimal("11930.00"),
    platform_kind="",
    platform_level="",
    district="320115",
    in_nanjing=True,
    open_sharing="",
)
_MEMBERS = (
    MemberFacts(
        id=UNIVERSITY,
        name="Eastern University",
        uscc="12320000XX00020146",
        kind="university",
        chain_roles=("learning", "research"),
        position="Basic research",
        division_of_work="Theory and models",
        capability="",
        rd_staff=None,
        team=LONG,
        facilities=LONG,
        signed=True,
        confirmation="confirmed",
    ),
    MemberFacts(
        id=ENTERPRISE,
        name="Aviation Works",
        uscc="91320104XX0001089F",
        kind="enterprise",
        chain_roles=("application",),
        position="First user",
        division_of_work="Trial on its own line",
        capability=LONG,
        rd_staff=40,
        team="",
        facilities="",
        signed=True,
        confirmation="confirmed",
    ),
)
_TASK = TaskFacts(
    id=21,
    title="Reducer",
    goal="Backlash below one arc minute",
    budget=Decimal("2000.00"),
    own_funds=Decimal("1500.00"),
    unit_ids=(None, UNIVERSITY, ENTERPRISE),
    milestones=(MilestoneFacts(31, "Sample", 12), MilestoneFacts(32, "Series", 36)),
)
RECORD = CreditFacts(
    unit_name="Aviation Works",
    uscc="91320104XX0001089F",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 12, 31),
    decision_number="2026-1",
)
CHANGE = ChangeFacts(41, "members", date(2026, 5, 1), True, "A member joins")


def good_facts() -> FilingFacts:
    return FilingFacts(
        name="Precision reducers",
        today=TODAY,
        focus_field_code="robotics",
        focus_field_current=True,
        goal_kinds=("bottleneck",),
        bottleneck=LONG,
        goals=LONG,
        nanjing_strength=LONG,
        lead=LEAD,
        members=_MEMBERS,
        tasks=(_TASK,),
        governance=GovernanceFacts("council", "Head", True, LONG, "Expert", "Five experts", LONG),
        results_sharing=LONG,
        income_sharing=LONG,
        agreement=AgreementFacts(True, date(2026, 11, 2), True),
        term_months=36,
        credit_records=(),
        changes=(CHANGE,),
        filed_lead_uscc=LEAD_CODE,
    )


def changed(facts, changes: dict[str, object]):
    """`facts` with other values at dotted paths, such as "members.0.signed"."""
    for path, value in changes.items():
        facts = _at(facts, path.split("."), value)
    return facts


def _at(facts, path, value):
    if not path:
        return value
    first, *rest = path
    if isinstance(facts, tuple):
        place = int(first)
        return (*facts[:place], _at(facts[place], rest, value), *facts[place + 1 :])
    return replace(facts, **{first: _at(getattr(facts, first), rest, value)})
