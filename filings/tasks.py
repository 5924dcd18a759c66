from celery import shared_task

from filings import sweep as sweeping
from filings.models import SweepRun
from filings.runs import recorded


@shared_task
def sweep() -> dict[str, int]:
    """Record what the calendar did. Safe to run twice, late, or after a crash."""
    return recorded(SweepRun.Name.FILINGS, sweeping.run)
