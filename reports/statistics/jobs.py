"""Making a yearly statistics report: asked for once, made in steps, each of which happens once.

A step looks at what is there, works without any lock, and keeps its result only when nobody else
was quicker. So a task may run twice or at the same time as another, or be killed in the middle, and
goes on where it stopped, with the figures that were counted at first.
"""

import hashlib
import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.database import lock
from filings.models import Consortium
from filings.refusals import NotPermitted, Refused
from reports.models import StatisticsReport
from reports.permissions import may_count
from reports.statistics import paper, yearly
from reports.statistics.moment import one_moment

# What a worker has not finished by then is sent again; making one takes seconds.
PATIENCE = timedelta(minutes=10)


def years() -> list[int]:
    """The years there is something to tell of, the latest first."""
    first = Consortium.objects.filter(first_submitted_at__isnull=False).order_by(
        "first_submitted_at"
    )
    begin = first.values_list("first_submitted_at", flat=True).first()
    now = timezone.localdate().year
    return list(range(now, (timezone.localdate(begin).year if begin else now) - 1, -1))


@transaction.atomic
def request(user, year: int) -> StatisticsReport:
    """The report of the year that is in work, or a new one. Raises NotPermitted, and Refused for a
    year of which there is nothing to tell."""
    answer = may_count(user)
    if not answer:
        raise NotPermitted(answer.reason)
    if year not in years():
        raise Refused(_("There is nothing to tell of this year."))
    in_work = StatisticsReport.objects.filter(year=year, finished_at=None, error="")
    return lock(in_work).first() or StatisticsReport.objects.create(
        year=year, requested_by=user, requested_at=timezone.now()
    )


def make(pk: int) -> StatisticsReport:
    """Take the steps that are still to be taken."""
    report = StatisticsReport.objects.get(pk=pk)
    for step in (_count, _print, _fill, _finish):
        if not report.is_in_work:
            break
        step(report)
        report.refresh_from_db()
    return report


def give_up(pk: int, error: Exception) -> None:
    """The report could not be made; another may be asked for."""
    said = f"{type(error).__name__}: {error}"[:2000]
    StatisticsReport.objects.filter(pk=pk, finished_at=None).update(error=said)


def left_behind() -> list[int]:
    """Those whose worker is gone."""
    before = timezone.now() - PATIENCE
    waiting = StatisticsReport.objects.filter(finished_at=None, error="", requested_at__lt=before)
    return list(waiting.values_list("pk", flat=True))


def _count(report: StatisticsReport) -> None:
    if report.taken_at:
        return
    with one_moment():
        taken_at = timezone.now()
        figures = yearly.count(report.year, timezone.localdate(taken_at))
    _keep(report, "taken_at", None, taken_at=taken_at, figures=figures)


def _print(report: StatisticsReport) -> None:
    if not report.paper:
        _keep_file(report, "paper", "pdf", paper.pdf(report))


def _fill(report: StatisticsReport) -> None:
    if not report.workbook:
        _keep_file(report, "workbook", "xlsx", paper.workbook(report))


def _finish(report: StatisticsReport) -> None:
    _keep(report, "finished_at", None, finished_at=timezone.now())


def _keep_file(report: StatisticsReport, field: str, ending: str, content: bytes) -> None:
    name = default_storage.save(f"statistics/{uuid.uuid4().hex}.{ending}", ContentFile(content))
    digest = hashlib.sha256(content).hexdigest()
    if not _keep(report, field, "", **{field: name, f"{field}_sha256": digest}):
        default_storage.delete(name)


def _keep(report: StatisticsReport, field: str, empty, **values) -> bool:
    """Write a result where there is none yet; whether it was written."""
    still = StatisticsReport.objects.filter(pk=report.pk, **{field: empty})
    return bool(still.update(**values))
