from celery import shared_task

from reports import sweep as sweeping


@shared_task
def sweep() -> dict[str, int]:
    """Nightly: open calls and remind. Safe to run twice, late, or after a crash."""
    return sweeping.run()
