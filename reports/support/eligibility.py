"""Whether somebody may be supported: before it is asked, when it is sent, when it is decided."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts.models import Unit
from filings.eligibility.engine import Finding, evaluate
from filings.eligibility.facts import Thresholds
from filings.eligibility.priority import PriorityIndex, priority_index
from filings.eligibility.text import decode, encode
from filings.facts import lead_of
from filings.models import Consortium, Policy
from reports.models import SupportRequest
from reports.support.facts import before_asking, facts_of
from reports.support.rules import TO_BEGIN, TO_DECIDE, TO_SUBMIT


def before(consortium: Consortium, unit: Unit, kind: str) -> tuple[Finding, ...]:
    """What state and record say of a request that is not begun yet."""
    facts = before_asking(consortium, unit, kind, timezone.localdate())
    return evaluate(TO_BEGIN, facts, Policy.objects.in_force())


def to_submit(request: SupportRequest) -> tuple[Finding, ...]:
    """What its unit reads beside the form, and what is asked when it is sent."""
    facts = facts_of(request, desk=False)
    return evaluate(TO_SUBMIT[request.kind], facts, Policy.objects.in_force())


def to_decide(request: SupportRequest) -> tuple[Finding, ...]:
    """What the bureau reads: the state and record of all units concerned, as of today."""
    return evaluate(TO_DECIDE, facts_of(request, desk=True), Policy.objects.in_force())


@dataclass(frozen=True, slots=True)
class Basis:
    """One addend of a stored priority index, in the reader's language."""

    label: str
    explanation: str
    points: Decimal
    most: Decimal


def index_of(consortium: Consortium) -> PriorityIndex:
    """The priority index of the lead (clause 3.4), by which 4.1 says whom to support first."""
    return priority_index(lead_of(consortium), Thresholds.of(Policy.objects.in_force()))


def frozen(index: PriorityIndex) -> list[dict]:
    """What an index is made of, as JSON keeps it."""
    return [
        {
            "label": encode(part.named),
            "basis": encode(part.basis),
            "points": str(part.points),
            "most": str(part.most),
        }
        for part in index.parts
    ]


def basis_of(request: SupportRequest) -> list[Basis]:
    return [
        Basis(
            str(decode(part["label"])),
            str(decode(part["basis"])),
            Decimal(part["points"]),
            Decimal(part["most"]),
        )
        for part in request.priority_parts
    ]
