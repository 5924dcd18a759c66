"""What experts' points come to, by table and by any numbers at all."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.scoring import summarise, weighted_total

WEIGHTS = {1: 40, 2: 35, 3: 25}


@pytest.mark.parametrize(
    ("points", "total"),
    [
        ((0, 0, 0), "0.00"),
        ((100, 100, 100), "100.00"),
        ((80, 70, 90), "79.00"),
        ((81, 70, 90), "79.40"),
        ((1, 1, 0), "0.75"),
        ((33, 67, 99), "61.40"),
    ],
)
def test_points_weigh_as_the_policy_says(points, total):
    given_points = dict(zip(WEIGHTS, points, strict=True))
    assert weighted_total(given_points, WEIGHTS) == Decimal(total)


@pytest.mark.parametrize(
    ("points", "weights"),
    [
        ({1: 50}, {1: 99}),
        ({1: 50}, {}),
        ({}, {1: 100}),
        ({1: 50, 2: 50}, {1: 100}),
        ({1: 101}, {1: 100}),
        ({1: -1}, {1: 100}),
    ],
)
def test_what_can_not_be_weighed_is_refused(points, weights):
    with pytest.raises(ValueError, match=r"weights|criterion|points"):
        weighted_total(points, weights)


@pytest.mark.parametrize(
    ("totals", "mean", "median", "spread", "deviation"),
    [
        (["80"], "80.00", "80.00", "0", "0.00"),
        (["80", "90"], "85.00", "85.00", "10", "5.00"),
        (["70", "80", "95"], "81.67", "80.00", "25", "10.27"),
        (["10", "20", "30", "40"], "25.00", "25.00", "30", "11.18"),
        (["79.99", "80.00"], "80.00", "80.00", "0.01", "0.01"),
    ],
)
def test_totals_are_summed_up(totals, mean, median, spread, deviation):
    found = summarise([Decimal(total) for total in totals])
    assert (found.mean, found.median) == (Decimal(mean), Decimal(median))
    assert (found.spread, found.deviation) == (Decimal(spread), Decimal(deviation))
    assert found.count == len(totals)


def test_nothing_comes_of_nothing():
    assert summarise([]) is None


@st.composite
def weighed(draw):
    """Points of one to six criteria whose weights add up to 100."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=5)))
    edges = [0, *cuts, 100]
    weights = dict(enumerate(b - a for a, b in pairwise(edges)))
    points = {key: draw(st.integers(0, 100)) for key in weights}
    return points, weights


@given(weighed())
def test_a_total_lies_between_the_lowest_and_the_highest_points(case):
    points, weights = case
    assert min(points.values()) <= weighted_total(points, weights) <= max(points.values())


@given(weighed(), st.data())
def test_more_points_never_make_less(case, data):
    points, weights = case
    key = data.draw(st.sampled_from(sorted(points)))
    better = points | {key: data.draw(st.integers(points[key], 100))}
    assert weighted_total(better, weights) >= weighted_total(points, weights)


TOTALS = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=20)


@given(TOTALS)
def test_the_summary_stays_within_what_was_given(totals):
    found = summarise(totals)
    assert found.lowest <= found.median <= found.highest
    assert found.lowest <= found.mean <= found.highest
    assert 0 <= found.deviation <= found.spread / 2 + Decimal("0.01")


@given(TOTALS, st.randoms())
def test_the_order_of_the_experts_does_not_matter(totals, random):
    shuffled = list(totals)
    random.shuffle(shuffled)
    assert summarise(shuffled) == summarise(totals)
