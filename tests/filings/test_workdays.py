from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.workdays import (
    PROVISIONAL,
    add_workdays,
    first_day_with,
    is_provisional,
    is_workday,
    workdays_left,
)

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # New Year, a Thursday
        (date(2026, 1, 4), True),  # the Sunday that is worked for it
        (date(2026, 2, 14), True),  # the Saturday before the Spring Festival
        (date(2026, 2, 23), False),  # its last day, a Monday
        (date(2026, 10, 10), True),  # the Saturday after the National Day
        (date(2026, 11, 21), False),  # any Saturday
        (date(2026, 11, 23), True),  # any Monday
    ],
)
def test_the_notice_of_2026_is_followed(day, works):
    assert is_workday(day) is works
    assert not is_provisional(day)


def test_2026_has_248_working_days():
    assert workdays_left(date(2025, 12, 31), date(2026, 12, 31)) == 248


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_the_day_itself_does_not_count(day, number, expected):
    assert add_workdays(day, number) == expected


def test_working_days_are_not_taken_away():
    with pytest.raises(ValueError, match="not taken away"):
        add_workdays(date(2026, 11, 23), -1)


def test_a_year_without_notice_has_weekends_only_and_says_so():
    year = next(year for year in range(2027, 2100) if is_provisional(date(year, 1, 1)))
    new_year = date(year, 1, 1)
    assert is_workday(new_year) == (new_year.weekday() < 5)
    assert is_provisional(add_workdays(date(year - 1, 12, 31), 5))
    assert str(PROVISIONAL)


def test_a_deadline_has_passed_by_the_working_days_since():
    assert workdays_left(date(2026, 11, 23), date(2026, 11, 23)) == 0
    assert workdays_left(date(2026, 11, 23), date(2026, 11, 25)) == 2
    assert workdays_left(date(2026, 11, 25), date(2026, 11, 23)) == -2
    assert workdays_left(date(2026, 9, 30), date(2026, 10, 13)) == 5


@given(days, st.integers(1, 40))
def test_what_is_added_is_what_is_left(day, number):
    due = add_workdays(day, number)
    assert is_workday(due)
    assert workdays_left(day, due) == number
    assert workdays_left(due, day) == -number


@given(days, st.integers(0, 40))
def test_more_days_and_a_later_start_never_end_earlier(day, number):
    due = add_workdays(day, number)
    assert add_workdays(day, number + 1) > due
    assert add_workdays(day + timedelta(days=1), number) >= due


@given(days, st.integers(0, 20), st.integers(0, 20))
def test_two_periods_in_a_row_are_one_long_period(day, first, second):
    assert add_workdays(add_workdays(day, first), second) == add_workdays(day, first + second)


@pytest.mark.parametrize(
    ("due", "number", "expected"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 20)),  # over a weekend
        (date(2026, 2, 24), 1, date(2026, 2, 14)),  # over the Spring Festival, a worked Saturday
        (date(2026, 10, 8), 1, date(2026, 9, 30)),  # over the National Day
        (date(2026, 10, 12), 1, date(2026, 10, 10)),  # the Saturday that is worked for it
        (date(2026, 1, 5), 1, date(2026, 1, 4)),  # a Sunday that is worked for New Year
    ],
)
def test_the_day_from_which_so_many_are_left(due, number, expected):
    assert first_day_with(number, due) == expected


@given(days, st.integers(0, 40))
def test_on_that_day_so_many_are_left_and_a_day_before_more(due, number):
    first = first_day_with(number, due)
    assert workdays_left(first, due) <= number < workdays_left(first - timedelta(days=1), due)


def test_before_the_end_no_less_than_nothing_is_left():
    with pytest.raises(ValueError, match="no working day"):
        first_day_with(-1, date(2026, 11, 23))
