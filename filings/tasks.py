from celery import shared_task

from filings import sweep as sweeping


@shared_task
def sweep() -> dict[str, int]:
    """Nightly: record what the calendar did. Safe to run twice, late, or after a crash."""
    return sweeping.run()
