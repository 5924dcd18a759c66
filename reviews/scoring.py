"""What experts' points come to: weighted totals, and how far the experts are apart.

Pure: numbers in, numbers out, exact to two decimals, halves rounded up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals of several experts; `spread` is from the lowest to the highest, `deviation` the
    standard deviation over all of them."""

    count: int
    mean: Decimal
    median: Decimal
    lowest: Decimal
    highest: Decimal
    deviation: Decimal

    @property
    def spread(self) -> Decimal:
        return self.highest - self.lowest


def weighted_total(points: Mapping[int, int], weights: Mapping[int, int]) -> Decimal:
    """The total of one expert, 0 to 100: points of every criterion by its weight in percent.

    Raises ValueError when a criterion has no points, points are out of 0 to 100, or the weights do
    not add up to 100.
    """
    if sum(weights.values()) != 100:
        raise ValueError("the weights must add up to 100")
    if set(points) != set(weights):
        raise ValueError("every criterion needs points, and only those")
    if not all(0 <= given <= 100 for given in points.values()):
        raise ValueError("points are from 0 to 100")
    return _rounded(Decimal(sum(points[key] * weight for key, weight in weights.items())) / 100)


def summarise(totals: Sequence[Decimal]) -> Summary | None:
    """What several totals come to; nothing when there is none."""
    if not totals:
        return None
    ordered, count = sorted(totals), len(totals)
    mean = sum(ordered, Decimal(0)) / count
    middle = count // 2
    median = ordered[middle] if count % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    variance = sum(((total - mean) ** 2 for total in ordered), Decimal(0)) / count
    return Summary(
        count=count,
        mean=_rounded(mean),
        median=_rounded(median),
        lowest=ordered[0],
        highest=ordered[-1],
        deviation=_rounded(variance.sqrt()),
    )


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)
