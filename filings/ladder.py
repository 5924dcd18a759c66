"""When people are reminded of a deadline: so many days before it, and of some every week after.

A rung is a number of days before the end of the due day; below nought it counts the weeks since.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from filings.workdays import add_workdays, first_day_with, workdays_left

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs of days: working days where the deadline itself is counted in them."""

    rungs: tuple[int, ...]
    in_workdays: bool = False
    weekly: bool = False

    def left(self, day: date, due: date) -> int:
        """The days after `day` up to and with `due`."""
        return workdays_left(day, due) if self.in_workdays else (due - day).days

    def rung(self, day: date, due: date) -> int | None:
        """The nearest rung that has come by `day`, so that after an outage one reminder is sent
        and not one for each that was missed. None before the first, and when it is over."""
        if day > due:
            return -(1 + ((day - due).days - 1) // _WEEK) if self.weekly else None
        left = self.left(day, due)
        return min((rung for rung in self.rungs if left <= rung), default=None)

    def since(self, rung: int, due: date) -> date:
        """The first day on which `rung` is the nearest."""
        if rung < 0:
            return due + timedelta(days=1 + _WEEK * (-rung - 1))
        return first_day_with(rung, due) if self.in_workdays else due - timedelta(days=rung)

    def nearer(self, rung: int) -> tuple[int, ...]:
        """The rungs that come after `rung` and before the due day is over."""
        return tuple(other for other in self.rungs if 0 <= other < rung)

    def reach(self, day: date) -> date:
        """The last due day that a rung can stand before on `day`."""
        if not self.rungs:
            return day - timedelta(days=1)
        farthest = max(self.rungs)
        if not self.in_workdays:
            return day + timedelta(days=farthest)
        return add_workdays(day, farthest + 1) - timedelta(days=1)
