"""How far filings come, where they wait, and how long each stage takes, in working days."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db.models import Count, DateTimeField, F, Min, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from filings.models import Consortium, Event
from filings.querysets import answer_overdue
from filings.states import IN_PROCEDURE, Action
from filings.workdays import workdays_left

# The moves that lead onward, in their order.
ONWARD = (Action.SUBMIT, Action.ACCEPT, Action.RECOMMEND, Action.PUBLISH, Action.FILE)


def came_through() -> dict[str, int]:
    """How many filings took each of the moves onward, whatever became of them afterwards."""
    taken = Event.objects.filter(action__in=ONWARD).order_by().values_list("action")
    found = dict(taken.annotate(Count("consortium", distinct=True)))
    return {action.value: found.get(action, 0) for action in ONWARD}


def waiting(day: date) -> dict[str, dict]:
    """Of each stage: how many are in it, how many the bureau owes an answer to since before `day`,
    and since how many working days the first of them waits."""
    entered = _moves().filter(consortium=OuterRef("pk")).order_by("-pk").values("at")[:1]
    rows = (
        Consortium.objects.filter(status__in=IN_PROCEDURE)
        .not_over_on(day)
        .annotate(since=Subquery(entered))
        .order_by()
        .values("status")
        .annotate(
            count=Count("pk"), late=Count("pk", filter=answer_overdue(day)), first=Min("since")
        )
    )
    found = {row["status"]: row for row in rows}
    return {status.value: _wait(found.get(status), day) for status in IN_PROCEDURE}


def _wait(row: dict | None, day: date) -> dict:
    if row is None:
        return {"count": 0, "late": 0, "longest": None}
    first = timezone.localdate(row["first"]) if row["first"] else None
    longest = workdays_left(first, day) if first else None
    return {"count": row["count"], "late": row["late"], "longest": longest}


def times(first: date, last: date) -> dict[str, dict]:
    """How many working days the visits to each stage took that ended from `first` to `last`.

    A visit begins with the move into the stage and ends with the move out of it; the day on which
    it begins does not count (Civil Code, 201).
    """
    entered = _moves().filter(consortium=OuterRef("consortium"), pk__lt=OuterRef("pk"))
    since = Subquery(entered.order_by("-pk").values("at")[:1], output_field=DateTimeField())
    visits = (
        moves_between(first, last)
        .filter(from_status__in=IN_PROCEDURE)
        .annotate(since=TruncDate(since), until=TruncDate("at"))
        .order_by()
        .values_list("from_status", "since", "until")
        .annotate(Count("pk"))
    )
    took = {status.value: Counter() for status in IN_PROCEDURE}
    between = cache(workdays_left)
    for status, since, until, number in visits:
        if since:
            took[status][between(since, until)] += number
    return {status: summary(days) for status, days in took.items()}


def moves_between(first: date, last: date):
    """What moved a filing on these days."""
    return _moves().filter(at__gte=_midnight(first), at__lt=_midnight(last + timedelta(days=1)))


def summary(days: Counter) -> dict:
    """The number of visits, and the days that half of them and nine of ten did not exceed."""
    return {
        "count": days.total(),
        "median": percentile(days.items(), 50),
        "ninetieth": percentile(days.items(), 90),
    }


def percentile(counted: Iterable[tuple[int, int]], percent: int) -> int | None:
    """The least value that `percent` in a hundred do not exceed, of values with their numbers."""
    counted = sorted(counted)
    wanted = percent * sum(number for _value, number in counted)
    reached = 0
    for value, number in counted:
        reached += number
        if 100 * reached >= wanted:
            return value
    return None


def _moves():
    """Entries of the history that moved a filing; the others leave it where it was."""
    return Event.objects.exclude(from_status=F("to_status"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
