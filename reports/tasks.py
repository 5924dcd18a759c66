import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from filings.models import SweepRun
from filings.runs import recorded
from reports import sweep as sweeping
from reports.statistics import jobs, picture

log = logging.getLogger(__name__)


@shared_task
def sweep() -> dict[str, int]:
    """Open calls and remind. Safe to run twice, late, or after a crash."""
    return recorded(SweepRun.Name.REPORTS, sweeping.run)


@shared_task
def count_statistics() -> int:
    """Every hour: count the picture of the programme anew, and go on with what was left behind."""
    for pk in jobs.left_behind():
        make_statistics.delay(pk)
    return picture.take().pk


@shared_task(bind=True, max_retries=3)
def make_statistics(self, report_id: int) -> None:
    """Make a yearly statistics report, or what is left of it to make."""
    try:
        jobs.make(report_id)
    except Exception as error:
        if self.request.retries >= self.max_retries:
            jobs.give_up(report_id, error)
            raise
        raise self.retry(exc=error, countdown=10 * 2**self.request.retries) from error


def count_soon() -> bool:
    """Have a worker count anew; whether one was asked. With 100,000 consortia it takes seconds."""
    try:
        count_statistics.delay()
    except OperationalError:
        log.warning("no broker: the statistics are not counted anew")
        return False
    return True


def make_soon(report_id: int) -> None:
    """Hand a report to a worker. Without a broker it waits for `count_statistics`."""
    try:
        make_statistics.delay(report_id)
    except OperationalError:
        log.warning("no broker: statistics report %s waits for the next hour", report_id)
