"""Every deadline of a person, a unit or a filing, put together from what each room knows."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

import filings.deadlines
import reports.deadlines
import reports.support.deadlines
import reviews.deadlines
from accounts.models import Unit
from accounts.roles import is_officer
from filings.deadlines import Deadline, in_order

ROOMS = (filings.deadlines, reports.deadlines, reports.support.deadlines, reviews.deadlines)


def of_user(user, today: date) -> list[Deadline]:
    """What waits for an officer; for everybody else what its units owe, and what ends for them."""
    if is_officer(user):
        desks = (reviews.deadlines, reports.deadlines)
        return in_order(chain.from_iterable(desk.of_officer(user, today) for desk in desks))
    return _from_each(lambda room: room.of_units(Unit.objects.of(user), today))


def of_unit(unit: Unit, today: date) -> list[Deadline]:
    return _from_each(lambda room: room.of_units([unit.pk], today))


def of_consortium(consortium_id: int, today: date) -> list[Deadline]:
    """What its units and the bureau owe of one filing: for the bureau, which may read all of it."""
    return _from_each(lambda room: room.of_consortium(consortium_id, today))


def _from_each(ask: Callable[..., Iterator[Deadline]]) -> list[Deadline]:
    return in_order(chain.from_iterable(ask(room) for room in ROOMS))
