"""The priority index: whom clause 3.4 would have supported first, from 0 to 100.

Leading enterprises are placed by last year's sales revenue and R&D intensity, platforms by level
and kind. It orders a list and decides nothing; every part of it is shown with its basis.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_noop as _

from filings.eligibility.facts import LeadFacts, Thresholds
from filings.eligibility.text import Text

_TENTH = Decimal("0.1")
_NAMED_PLATFORMS = {
    "laboratory": _("Laboratory"),
    "technology_innovation_centre": _("Technology innovation centre"),
    "manufacturing_innovation_centre": _("Manufacturing innovation centre"),
}
_LEVELS = {"national": _("National"), "provincial": _("Provincial")}


@dataclass(frozen=True, slots=True)
class Part:
    """One addend of the index: what was looked at, what it says, the points out of the most."""

    named: Text
    basis: Text
    points: Decimal
    most: Decimal

    @property
    def label(self) -> str:
        return str(self.named)

    @property
    def explanation(self) -> str:
        return str(self.basis)


@dataclass(frozen=True, slots=True)
class PriorityIndex:
    """The sum and its parts; without parts the clause gives the lead no priority."""

    score: Decimal
    parts: tuple[Part, ...]


def priority_index(lead: LeadFacts, thresholds: Thresholds) -> PriorityIndex:
    """The index of a lead unit (clause 3.4), with one decimal, and how it is made up."""
    match lead.lead_kind:
        case "leading_enterprise":
            parts = _enterprise_parts(lead, thresholds)
        case "major_platform":
            parts = (_platform_part(lead, thresholds),)
        case _:
            parts = ()
    return PriorityIndex(sum((part.points for part in parts), Decimal("0.0")), parts)


def _enterprise_parts(lead: LeadFacts, thresholds: Thresholds) -> tuple[Part, ...]:
    weights = (thresholds.index_revenue_weight + thresholds.index_intensity_weight) or 1
    first = _tenth(Decimal(100) * thresholds.index_revenue_weight / weights)
    # The second takes the rest: two rounded shares could add up to 100.1.
    rest = Decimal("100.0") - first if thresholds.index_intensity_weight else Decimal("0.0")
    return (
        _figure_part(
            _("Sales revenue of last year"),
            _("%(value)s of %(full)s (10k CNY) that score full"),
            lead.revenue,
            thresholds.index_revenue_full,
            first,
        ),
        _figure_part(
            _("R&D intensity"),
            _("%(value)s of %(full)s percent that score full"),
            lead.rd_intensity,
            thresholds.index_intensity_full,
            rest,
        ),
    )


def _figure_part(
    label: str, basis: str, value: Decimal | None, full: Decimal, most: Decimal
) -> Part:
    """`most` points for a figure that reaches the full mark, in proportion below it."""
    if value is None:
        return Part(Text(label), Text(_("Not known")), Decimal("0.0"), most)
    reached = max(value, Decimal(0))
    share = Decimal(1) if reached >= full else reached / full
    return Part(
        Text(label), Text(basis, {"value": value, "full": full}), _tenth(most * share), most
    )


def _platform_part(lead: LeadFacts, thresholds: Thresholds) -> Part:
    points = Decimal(
        {
            "national": thresholds.index_platform_national,
            "provincial": thresholds.index_platform_provincial,
        }.get(lead.platform_level, 0)
    )
    named = _NAMED_PLATFORMS.get(lead.platform_kind)
    if named is None:
        # The clause names three kinds and adds "and others": these come after.
        points = points * thresholds.index_platform_other_share / 100
    if not (lead.platform_kind and lead.platform_level):
        basis = Text(_("Not known"))
        points = Decimal(0)
    else:
        level = _LEVELS.get(lead.platform_level, lead.platform_level)
        basis = Text(
            _("%(level)s · %(kind)s"),
            {"level": Text(level), "kind": Text(named or _("Other platform"))},
        )
    return Part(
        Text(_("Level and kind of the platform")),
        basis,
        _tenth(points),
        Decimal("100.0"),
    )


def _tenth(points: Decimal) -> Decimal:
    return points.quantize(_TENTH, ROUND_HALF_UP)
