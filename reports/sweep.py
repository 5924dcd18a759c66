"""What the calendar does to reports: open calls, remind before and after the due day."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from filings.models import Policy
from filings.notifications import people_of_lead
from filings.states import Status
from notices.services import notify
from reports.calls import open_due
from reports.models import AnnualReport
from reports.states import EDITABLE


def run(on: date | None = None) -> dict[str, int]:
    """Do everything that is due on `on` (today by default); any number of times."""
    day = on or timezone.localdate()
    return {"reports_opened": open_due(day), "reports_reminded": _remind(day)}


def _remind(day: date) -> int:
    """Remind those who still owe it: the rungs of the policy before, every week after.

    Who owes is asked now, by the present state, never by a list made earlier.
    """
    policy = Policy.objects.in_force(day)
    rungs = policy.rungs(policy.report_reminder_days)
    told = 0
    owing = AnnualReport.objects.filter(status__in=EDITABLE, call__opened_at__isnull=False)
    for report in owing.for_list().order_by("pk").iterator(chunk_size=1000):
        left = (report.due_on - day).days
        rung = _rung(left, rungs)
        if rung is None or report.consortium.state_on(day) != Status.ACTIVE:
            continue
        notify(
            people_of_lead(report.consortium),
            key=f"report-reminder:{report.pk}:{report.due_on.isoformat()}:{rung}",
            kind="report_reminder" if left >= 0 else "report_overdue",
            context={
                "name": report.consortium.name,
                "year": report.call.reporting_year,
                "due": report.due_on,
            },
            url=reverse("reports:detail", args=[report.pk]),
        )
        told += 1
    return told


def _rung(left: int, rungs: tuple[int, ...]) -> int | None:
    """The rung that `left` days before the due day stand on; past it, minus the weeks."""
    if left < 0:
        return -(1 + (-left - 1) // 7)
    return min((days for days in rungs if left <= days), default=None)
