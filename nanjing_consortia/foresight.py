"""Who will get which message on a day to come, and why: what the sweeps tell, asked ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import filings.sweep
import reports.sweep
import reviews.sweep
from filings.deadlines import Deadline
from filings.reminders import to_come

SWEEPS = (filings.sweep, reports.sweep, reviews.sweep)


@dataclass(frozen=True, slots=True)
class Expected:
    """One message to one person: of what, why on this day, and why to this person."""

    person: Any
    deadline: Deadline
    when: str
    why: str


def expected_on(day: date, today: date) -> Iterator[Expected]:
    """The messages of `day`, by the state of today, when a sweep runs each day until then.

    What people do until then changes it: who has done what is due is not reminded.
    """
    reminders = chain.from_iterable(sweep.to_tell(day) for sweep in SWEEPS)
    for found in to_come(reminders, day, today):
        for person, why in found.recipients:
            yield Expected(person, found.reminder.deadline, found.reminder.when, why)
