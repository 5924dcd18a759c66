"""The clock of Shanghai: the morning of the daily e-mail, and the hours in which telephones ring."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.moments import SHANGHAI, awake, next_morning

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 20 * 366 * 86400).map(lambda seconds: FIRST + timedelta(seconds=seconds))


@given(MOMENTS)
def test_the_next_morning_is_at_eight_and_within_a_day(now):
    morning = next_morning(now)
    assert morning.astimezone(SHANGHAI).time() == time(8)
    assert timedelta(0) < morning - now <= timedelta(days=1)


@given(MOMENTS)
def test_no_telephone_rings_at_night_and_none_waits_longer_than_the_night(now):
    moment = awake(now)
    assert time(8) <= moment.astimezone(SHANGHAI).time() < time(21)
    assert timedelta(0) <= moment - now <= timedelta(hours=11)
    assert awake(moment) == moment


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-12-31T07:59:59", "2026-12-31T08:00:00"),
        ("2026-12-31T08:00:00", "2027-01-01T08:00:00"),
        ("2028-02-28T23:59:00", "2028-02-29T08:00:00"),
    ],
)
def test_what_is_written_at_eight_waits_for_tomorrow(now, morning):
    assert next_morning(datetime.fromisoformat(f"{now}+08:00")) == datetime.fromisoformat(
        f"{morning}+08:00"
    )
