from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.eligibility import Thresholds, priority_index
from tests.filings.eligibility.filing_facts import LEAD
from tests.filings.eligibility.strategies import leads, thresholds

SUM = Thresholds(index_revenue_full=Decimal(400000), index_intensity_full=Decimal("12.80"))


def enterprise(revenue, rd_spend):
    return replace(
        LEAD,
        revenue=None if revenue is None else Decimal(revenue),
        rd_spend=None if rd_spend is None else Decimal(rd_spend),
    )


def platform(kind, level):
    return replace(LEAD, lead_kind="major_platform", platform_kind=kind, platform_level=level)


@pytest.mark.parametrize(
    ("revenue", "rd_spend", "points"),
    [
        ("186400", "11930", ("23.3", "25.0")),
        ("400000", "51200", ("50.0", "50.0")),
        ("900000", "900000", ("50.0", "50.0")),
        ("0", "100", ("0.0", "0.0")),
        ("186400", None, ("23.3", "0.0")),
        (None, None, ("0.0", "0.0")),
    ],
)
def test_an_enterprise_is_placed_by_revenue_and_intensity(revenue, rd_spend, points):
    index = priority_index(enterprise(revenue, rd_spend), SUM)
    assert [str(part.points) for part in index.parts] == list(points)
    assert index.score == sum(map(Decimal, points))


def test_the_weights_are_the_policy_s_and_need_not_add_up_to_a_hundred():
    limits = replace(SUM, index_revenue_weight=3, index_intensity_weight=13)
    index = priority_index(enterprise("400000", "51200"), limits)
    assert [str(part.points) for part in index.parts] == ["18.8", "81.2"]
    assert index.score == Decimal("100.0")


def test_without_weights_nothing_scores():
    limits = replace(SUM, index_revenue_weight=0, index_intensity_weight=0)
    assert priority_index(enterprise("400000", "51200"), limits).score == 0


def test_a_negative_figure_against_a_full_mark_of_nothing_is_no_division_by_zero():
    limits = replace(SUM, index_revenue_full=Decimal(0))
    assert priority_index(enterprise("-0.01", None), limits).parts[0].points == Decimal("50.0")


@pytest.mark.parametrize(
    ("kind", "level", "score"),
    [
        ("laboratory", "national", "100.0"),
        ("technology_innovation_centre", "national", "100.0"),
        ("manufacturing_innovation_centre", "provincial", "80.0"),
        ("other", "national", "70.0"),
        ("other", "provincial", "56.0"),
        ("", "national", "0.0"),
        ("laboratory", "", "0.0"),
    ],
)
def test_a_platform_is_placed_by_level_and_kind(kind, level, score):
    index = priority_index(platform(kind, level), Thresholds())
    assert str(index.score) == score
    assert len(index.parts) == 1


@pytest.mark.parametrize("kind", ["", "other"])
def test_the_clause_gives_other_leads_no_priority(kind):
    index = priority_index(replace(LEAD, lead_kind=kind), Thresholds())
    assert (index.score, index.parts) == (Decimal(0), ())


def test_every_part_shows_its_basis():
    revenue, intensity = priority_index(LEAD, SUM).parts
    assert revenue.explanation == "186,400.00 of 400,000 (10k CNY) that score full"
    assert intensity.explanation == "6.40 of 12.80 percent that score full"
    assert (
        "Laboratory" in priority_index(platform("laboratory", "national"), SUM).parts[0].explanation
    )
    assert {revenue.label, intensity.label} == {"Sales revenue of last year", "R&D intensity"}


@given(leads, thresholds)
def test_the_index_is_the_sum_of_its_parts_between_0_and_100(lead, limits):
    index = priority_index(lead, limits)
    assert index.score == sum(part.points for part in index.parts)
    assert 0 <= index.score <= 100
    assert all(part.label and part.explanation for part in index.parts)


@given(st.integers(0, 500_000), st.integers(0, 500_000), st.integers(0, 15))
def test_more_revenue_at_the_same_intensity_never_scores_less(revenue, more, percent):
    def score(amount):
        return priority_index(enterprise(amount, Decimal(amount) * percent / 100), SUM).score

    assert score(revenue) <= score(revenue + more) or revenue == 0
