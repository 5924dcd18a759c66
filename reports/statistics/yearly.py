"""What the programme's statistics of one year say, as of the moment at which they were counted.

A year that is not over is counted up to today. What is past stays as it was: who ran on its last
day, what was decided in it. The yearly reports on the year come in after it, so their part grows
until all are accepted.
"""

from datetime import date, timedelta

from django.db.models import Count, Q

from filings.models import Consortium
from filings.states import MOVES, Action, Status
from reports.models import AnnualReport
from reports.statistics import network, reporting, running, stages

_DAY = timedelta(days=1)
# Told by the day of the end, not by the day on which it was recorded.
_BY_END = (Action.EXPIRE, Action.TERMINATE, Action.REVOKE, Action.LAPSE)


def count(year: int, today: date) -> dict:
    first, last = date(year, 1, 1), min(date(year, 12, 31), today)
    ran = Consortium.objects.running_on(last)
    reports = AnnualReport.objects.filter(call__reporting_year=year)
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "moves": _moves(first, last),
        "times": stages.times(first, last),
        "active": ran.count(),
        "begun": Consortium.objects.filter(starts_on__gte=first, starts_on__lte=last).count(),
        "ended": _ended(first, last),
        "running": running.counted(ran),
        "ends": running.ends(ran),
        "punctuality": reporting.punctuality(today, reports),
        "sums": reporting.sums(reports),
        "grades": reporting.grades(reports),
        "support": reporting.supported(year=year),
        "provincial": reporting.provincial(year=year),
        "network": network.counted(ran),
    }


def _moves(first: date, last: date) -> dict[str, int]:
    """How often each move of the procedure was taken; the calendar's own moves are counted by
    `_ended`, whenever they were recorded."""
    taken = stages.moves_between(first, last).order_by().values_list("action")
    found = dict(taken.annotate(Count("pk")))
    return {action.value: found.get(action, 0) for action in MOVES if action not in _BY_END}


def _ended(first: date, last: date) -> dict[str, int]:
    """By the calendar: a term is over on the day after its last one (clause 5.1), and so is the
    time for correction."""
    over = Q(status__in=(Status.ACTIVE, Status.EXPIRED))
    over &= Q(ends_on__gte=first - _DAY, ends_on__lt=last)
    lapsed = Q(status__in=(Status.RETURNED, Status.LAPSED))
    lapsed &= Q(correction_due_on__gte=first - _DAY, correction_due_on__lt=last)
    on = Q(ended_on__gte=first, ended_on__lte=last)
    return Consortium.objects.aggregate(
        expired=Count("pk", filter=over),
        terminated=Count("pk", filter=on & Q(status=Status.TERMINATED)),
        revoked=Count("pk", filter=on & Q(status=Status.REVOKED)),
        lapsed=Count("pk", filter=lapsed),
    )
