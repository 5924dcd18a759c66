"""The figures of the dashboard, counted at one moment and kept with it.

Whoever opens the page reads one row, however many consortia there are. It is of today always: when
no worker has counted yet, the first reader does, since expiry and delay are facts of the calendar.
"""

from datetime import timedelta

from django.utils import timezone

from filings.models import Consortium
from filings.states import Status
from reports.models import AnnualReport, Picture
from reports.statistics import concerns, network, reporting, running, stages
from reports.statistics.moment import one_moment

# Pictures are for looking at; what is to stay is the yearly report.
KEPT = timedelta(days=7)


def take() -> Picture:
    """Count everything anew."""
    with one_moment():
        taken_at = timezone.now()
        figures = count(timezone.localdate(taken_at))
    picture = Picture.objects.create(
        taken_at=taken_at, day=timezone.localdate(taken_at), figures=figures
    )
    Picture.objects.filter(taken_at__lt=taken_at - KEPT).delete()
    return picture


def current() -> Picture:
    """The latest of today."""
    latest = Picture.objects.filter(day=timezone.localdate()).first()
    return latest or take()


def count(day) -> dict:
    """Everything that the dashboard shows, as it is on `day`, today."""
    reports = AnnualReport.objects.all()
    active = Consortium.objects.in_state(Status.ACTIVE, day)
    return {
        "came_through": stages.came_through(),
        "waiting": stages.waiting(day),
        "times": stages.times(day - concerns.YEAR, day),
        "active": active.count(),
        "running": running.counted(active),
        "ends": running.ends(active),
        "punctuality": reporting.punctuality(day, reports),
        "sums": reporting.sums(reports),
        "grades": reporting.grades(reports),
        "support": reporting.supported(),
        "provincial": reporting.provincial(),
        "network": network.counted(active),
        "concerns": concerns.counted(day),
    }
