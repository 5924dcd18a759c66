"""Working days as the State Council's yearly notice sets them.

The notice for a year appears in the autumn before. Days of a year that `chinesecalendar` does not
know are judged by Saturdays and Sundays alone; `is_provisional` tells, so that pages can say it.
"""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
from django.utils.translation import gettext_lazy as _

PROVISIONAL = _(
    "Provisional: the public holidays of that year are not announced yet, "
    "so only Saturdays and Sundays are left out."
)
_DAY = timedelta(days=1)


@cache
def _is_known(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_provisional(day: date) -> bool:
    """Whether the holidays of the day's year are unknown, so that a count up to it may move."""
    return not _is_known(day.year)


def is_workday(day: date) -> bool:
    """Whether offices work on `day`: weekends that are worked to make up for holidays count."""
    if is_provisional(day):
        return day.weekday() < 5
    return chinese_calendar.is_workday(day)


def add_workdays(day: date, number: int) -> date:
    """The working day that is `number` working days after `day`, which itself does not count.

    So a period of 5 ends, at 24:00, on the fifth working day after the day that began it (Civil
    Code, 201). 0 gives the day itself. Raises ValueError for a negative number.
    """
    if number < 0:
        raise ValueError("working days are added, not taken away")
    while number:
        day += _DAY
        number -= is_workday(day)
    return day


def workdays_left(today: date, due: date) -> int:
    """The working days after `today` up to and with `due`; negative when `due` has passed."""
    if due < today:
        return -workdays_left(due, today)
    return sum(is_workday(today + _DAY * count) for count in range(1, (due - today).days + 1))


def first_day_with(number: int, due: date) -> date:
    """The first day on which at most `number` working days are left of a period that ends with
    `due`, counted as `workdays_left` counts. Raises ValueError for a negative number."""
    if number < 0:
        raise ValueError("before the end, at least no working day is left")
    day, left = due, 0
    while (left := left + is_workday(day)) <= number:
        day -= _DAY
    return day
