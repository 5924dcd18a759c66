from celery import shared_task

from filings.models import SweepRun
from filings.runs import recorded
from reports import sweep as sweeping


@shared_task
def sweep() -> dict[str, int]:
    """Open calls and remind. Safe to run twice, late, or after a crash."""
    return recorded(SweepRun.Name.REPORTS, sweeping.run)
