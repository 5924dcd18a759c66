from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.term import has_expired, last_day

FIRST, LAST = date(2020, 1, 1), date(2040, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize(
    ("starts_on", "months", "expected"),
    [
        (date(2026, 3, 1), 36, date(2029, 3, 1)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 2, 28), 36, date(2028, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_the_last_day_is_the_corresponding_day_or_the_month_s_end(starts_on, months, expected):
    assert last_day(starts_on, months) == expected


def test_three_years_from_every_day_of_two_decades():
    for day in EVERY_DAY:
        end = last_day(day, 36)
        assert (end.year, end.month) == (day.year + 3, day.month)
        if (day.month, day.day) == (2, 29):
            assert end.day == 28
        else:
            assert end.day == day.day


@given(st.dates(FIRST, LAST), st.integers(1, 120))
def test_the_last_day_is_in_the_right_month_and_never_spills_over(starts_on, months):
    end = last_day(starts_on, months)
    assert (end.year - starts_on.year) * 12 + end.month - starts_on.month == months
    assert end.day == min(starts_on.day, monthrange(end.year, end.month)[1])
    assert end > starts_on


@given(st.dates(FIRST, LAST), st.integers(1, 119))
def test_a_longer_term_and_a_later_start_never_end_earlier(starts_on, months):
    assert last_day(starts_on, months) < last_day(starts_on, months + 1)
    assert last_day(starts_on, months) <= last_day(starts_on + timedelta(days=1), months)


@pytest.mark.parametrize("months", [0, -1])
def test_a_term_has_at_least_one_month(months):
    with pytest.raises(ValueError, match="at least one month"):
        last_day(date(2026, 3, 1), months)


def test_the_last_day_belongs_to_the_term_for_every_day_of_two_decades():
    for day in EVERY_DAY:
        assert not has_expired(day, day - timedelta(days=1))
        assert not has_expired(day, day)
        assert has_expired(day, day + timedelta(days=1))
