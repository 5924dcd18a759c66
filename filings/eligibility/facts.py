"""What the rules look at: a filing as plain values, free of the database.

The names are those of the models, so that a finding's `field` leads back to the form.
Money is in 万元 (10,000 yuan); a date is a day in Shanghai; `None` means "not given yet".
"""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

CENT = Decimal("0.01")
# The kinds of unit of which in principle one is a member (clause 3.5).
ACADEMIC = ("university", "institute")


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """The lead unit (clause 3.4)."""

    name: str
    uscc: str
    lead_kind: str  # "leading_enterprise", "major_platform", "other" or ""
    revenue: Decimal | None
    rd_spend: Decimal | None
    platform_kind: str  # "laboratory", "technology_innovation_centre", … "other" or ""
    platform_level: str  # "national", "provincial" or ""
    district: str  # GB/T 2260 code, "NJ-JB", or "" outside the city
    in_nanjing: bool
    open_sharing: str
    unit_kind: str = ""  # as of members

    @property
    def rd_intensity(self) -> Decimal | None:
        """R&D spend as a percentage of last year's revenue, or None without both figures."""
        if self.revenue is None or self.rd_spend is None or self.revenue <= 0:
            return None
        return (self.rd_spend * 100 / self.revenue).quantize(CENT)


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One unit's place in the consortium (clauses 3.2 and 3.5)."""

    id: int
    name: str
    uscc: str
    kind: str  # "enterprise", "university", "institute", "platform" or "other"
    chain_roles: tuple[str, ...]  # of "production", "learning", "research", "application"
    position: str
    division_of_work: str
    capability: str
    rd_staff: int | None
    team: str
    facilities: str
    signed: bool
    confirmation: str  # "pending", "confirmed" or "disputed"


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    id: int
    title: str
    month: int | None  # counted from the first month of the term, which is 1


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One key task (clause 1) and the units that work on it; `None` among them is the lead."""

    id: int
    title: str
    goal: str
    budget: Decimal | None
    own_funds: Decimal | None
    unit_ids: tuple[int | None, ...]
    milestones: tuple[MilestoneFacts, ...]


@dataclass(frozen=True, slots=True)
class GovernanceFacts:
    """How the consortium is steered (clause 3.3)."""

    council_kind: str  # "council", "other", "none" or ""
    chair: str
    chair_is_lead_head: bool
    mechanism: str
    chief_expert: str
    advisory_committee: str
    mechanism_innovation: str


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """The signed agreement (clause 3.2); whether a member signed is said by the member."""

    document: bool
    signed_on: date | None
    lead_signed: bool


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """An attachment of the filing, by its kind; that of the lead has no `member_id`."""

    kind: str
    member_id: int | None


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """An attachment that the policy asks for; an empty `unit_kind` means of every kind of unit."""

    party: str  # "lead" or "member"
    unit_kind: str
    kind: str


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """A record of dishonesty against a unit of this consortium (clause 5.3)."""

    unit_name: str
    uscc: str
    valid_from: date
    valid_to: date | None
    decision_number: str


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change while the consortium runs (clause 5.3)."""

    id: int
    kind: str
    effective_on: date | None
    has_supplementary_agreement: bool
    description: str


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """A whole filing as it stands on `today`; `filed_lead_uscc` is None before it was filed."""

    name: str
    today: date
    focus_field_code: str | None
    focus_field_current: bool
    goal_kinds: tuple[str, ...]  # of "bottleneck", "first_mover", "frontier"
    bottleneck: str
    goals: str
    nanjing_strength: str
    lead: LeadFacts
    members: tuple[MemberFacts, ...]
    tasks: tuple[TaskFacts, ...]
    governance: GovernanceFacts
    results_sharing: str
    income_sharing: str
    agreement: AgreementFacts
    term_months: int
    credit_records: tuple[CreditFacts, ...]
    changes: tuple[ChangeFacts, ...]
    filed_lead_uscc: str | None
    papers: tuple[PaperFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The policy's numbers that the rules read; the guideline itself names only the 36 months.

    A minimum of `None` is switched off. Money in 万元, intensities in percent, lengths in
    characters. The index fields are weights and full marks of the priority index.
    """

    min_text_length: int = 30
    min_members: int = 1
    term_months: int = 36
    min_revenue: Decimal | None = None
    min_rd_intensity: Decimal | None = None
    require_nanjing_lead: bool = True
    justification_min_length: int = 20
    index_revenue_full: Decimal = Decimal("1000000")
    index_intensity_full: Decimal = Decimal("15")
    index_revenue_weight: int = 50
    index_intensity_weight: int = 50
    index_platform_national: int = 100
    index_platform_provincial: int = 80
    index_platform_other_share: int = 70
    papers: tuple[AskedPaper, ...] = ()

    @classmethod
    def of(cls, policy: object) -> "Thresholds":
        """The thresholds of a policy, by name; what it does not carry keeps its default."""
        names = [field.name for field in fields(cls) if hasattr(policy, field.name)]
        return cls(**{name: getattr(policy, name) for name in names})
