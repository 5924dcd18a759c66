"""When people are reminded: the rungs before a deadline and the weeks after it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.ladder import Ladder
from filings.workdays import add_workdays

DUE = date(2026, 12, 30)
ONE = timedelta(days=1)

dues = st.dates(date(2024, 1, 1), date(2030, 12, 31))
ladders = st.builds(
    Ladder,
    st.sets(st.integers(0, 60), max_size=5).map(lambda rungs: tuple(sorted(rungs, reverse=True))),
    in_workdays=st.booleans(),
    weekly=st.booleans(),
)


@pytest.mark.parametrize(
    ("days_before", "rung"),
    [
        (181, None),
        (180, 180),
        (91, 180),
        (90, 90),
        (8, 30),
        (7, 7),
        (2, 7),
        (1, 1),
        (0, 1),
        (-1, None),
    ],
)
def test_the_nearest_rung_that_has_come_stands(days_before, rung):
    ladder = Ladder((180, 90, 30, 7, 1))
    assert ladder.rung(DUE - timedelta(days=days_before), DUE) == rung


@pytest.mark.parametrize(
    ("days_after", "week"), [(0, 1), (1, -1), (7, -1), (8, -2), (14, -2), (15, -3), (365, -53)]
)
def test_what_is_overdue_is_told_every_week_where_that_is_asked(days_after, week):
    assert Ladder((30, 1), weekly=True).rung(DUE + timedelta(days=days_after), DUE) == week


@pytest.mark.parametrize(
    ("day", "rung"),
    [
        (date(2026, 9, 24), None),  # Thursday; the Mid-Autumn day follows, and the weekend is free
        (date(2026, 9, 29), 3),  # 30 September, 8 and 9 October are left
        (date(2026, 9, 30), 3),
        (date(2026, 10, 7), 3),  # the holiday takes nothing
        (date(2026, 10, 8), 1),
        (date(2026, 10, 9), 1),
    ],
)
def test_working_days_skip_the_national_day(day, rung):
    assert Ladder((3, 1), in_workdays=True).rung(day, date(2026, 10, 9)) == rung


def test_a_rung_before_the_spring_festival_falls_on_its_worked_saturday():
    ladder = Ladder((1,), in_workdays=True)
    assert ladder.since(1, date(2026, 2, 24)) == date(2026, 2, 14)
    assert ladder.rung(date(2026, 2, 13), date(2026, 2, 24)) is None


def test_a_leap_day_is_a_day():
    ladder = Ladder((1,))
    assert ladder.since(1, date(2028, 3, 1)) == date(2028, 2, 29)
    assert ladder.rung(date(2028, 2, 28), date(2028, 3, 1)) is None


def test_no_rungs_are_no_reminders():
    assert Ladder(()).rung(DUE, DUE) is None
    assert Ladder(()).reach(DUE) < DUE


@given(ladders, dues, st.integers(-100, 400))
def test_a_rung_begins_on_one_day_and_not_before(ladder, due, ahead):
    rung = ladder.rung(due - timedelta(days=ahead), due)
    if rung is not None:
        first = ladder.since(rung, due)
        assert first <= due - timedelta(days=ahead)
        assert ladder.rung(first, due) == rung
        assert ladder.rung(first - ONE, due) != rung


@given(ladders, dues)
def test_day_after_day_each_rung_stands_once_and_in_order(ladder, due):
    days = (due + timedelta(days=n) for n in range(-120, 30))
    stood = [rung for day in days if (rung := ladder.rung(day, due)) is not None]
    assert stood == sorted(stood, reverse=True)
    assert set(stood) <= {*ladder.rungs, *range(-5, 0)}
    if not ladder.weekly:
        assert set(stood) == set(ladder.rungs) or ladder.in_workdays


@given(ladders, dues, st.integers(-10, 120))
def test_beyond_its_reach_nothing_stands(ladder, day, ahead):
    due = day + timedelta(days=ahead)
    if due >= day and ladder.rung(day, due) is not None:
        assert due <= ladder.reach(day)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4), dues)
def test_after_an_outage_one_rung_stands_for_all_that_were_missed(rungs, day):
    ladder = Ladder(tuple(rungs), in_workdays=True)
    due = add_workdays(day, 1)
    assert ladder.rung(day, due) == min(rungs)
    assert all(rung < min(rungs) for rung in ladder.nearer(min(rungs)))
