"""What the calendar does at the bureau's desk: who answers for its clock hears when it is late."""

from datetime import date

from django.utils import timezone

from filings.models import Consortium
from filings.querysets import answer_overdue
from reviews import notifications, traces


def run(on: date | None = None) -> dict[str, int]:
    """Do everything that is due on `on` (today by default); any number of times."""
    day = on or timezone.localdate()
    return {"bureau_late": _tell_of_delays(day), "traced": traces.catch_up()}


def _tell_of_delays(day: date) -> int:
    late = Consortium.objects.filter(answer_overdue(day)).select_related("lead_unit").order_by("pk")
    told = 0
    for consortium in late.iterator(chunk_size=1000):
        notifications.late(consortium)
        told += 1
    return told
