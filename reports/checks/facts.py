"""A report as the plain values that the checks look at; money in 10k CNY."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Amount = Decimal | None
Count = int | None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit says of its year; `hindered` is why the lead goes on without its sign-off."""

    id: int
    name: str
    is_lead: bool = False
    signed: bool = True
    hindered: str = ""
    work: str = ""
    funds_in: Amount = None
    funds_used: Amount = None
    income: Amount = None
    income_paid: Amount = None
    income_received: Amount = None
    rd_staff: Count = None
    team_staff: Count = None
    projects: int = 0


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    id: int
    title: str
    stage: str
    budget: Amount = None
    spent: Amount = None
    planned: Count = None
    done: Count = None


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    id: int
    title: str
    due_on: date
    state: str
    evidence: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    id: int
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """`figures` and `before` are those of this report and of the one before, by name; `before` is
    empty in the first year. `colleges` are universities and institutes: as filed, and now."""

    year_end: date
    term_end: date
    texts: Mapping[str, str]
    units: tuple[UnitFacts, ...]
    projects: tuple[ProjectFacts, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()
    plan: tuple[PlanFacts, ...] = ()
    unexplained: tuple[str, ...] = ()
    figures: Mapping[str, Decimal | int | None] = field(default_factory=dict)
    before: Mapping[str, Decimal | int | None] = field(default_factory=dict)
    colleges_filed: int = 0
    colleges_now: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What the policy in force says a report is judged by."""

    jump_percent: int = 50
    jump_least: Decimal = Decimal(100)
    jump_count: int = 10

    @classmethod
    def of(cls, policy) -> "Limits":
        return cls(policy.report_jump_percent, policy.report_jump_least, policy.report_jump_count)
