"""An officer reminds a lead unit of a report that is missing, beside what the calendar says."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.notifications import people_of_lead
from filings.refusals import NotPermitted, Refused
from notices.services import notify
from reports.history import record
from reports.models import AnnualReport, ReportEvent
from reports.permissions import may_remind
from reports.states import Entry


@transaction.atomic
def remind(report_id: int, *, actor) -> ReportEvent:
    """Remind the lead unit, at most once a day whoever asks.

    Raises NotPermitted, and Refused when somebody has done it today.
    """
    reports = AnnualReport.objects.select_related("call", "consortium__lead_unit")
    report = lock(reports).get(pk=report_id)
    answer = may_remind(actor, report)
    if not answer:
        raise NotPermitted(answer.reason)
    today = timezone.localdate()
    last = report.events.filter(action=Entry.REMINDED).select_related("actor").last()
    if last and timezone.localdate(last.at) == today:
        raise Refused(_("%(who)s has reminded it today already.") % {"who": last.actor})
    event = record(report, Entry.REMINDED, actor)
    notify(
        people_of_lead(report.consortium),
        key=f"report-chased:{event.pk}",
        kind="report_overdue" if report.due_on < today else "report_reminder",
        context={
            "name": report.consortium.name,
            "year": report.call.reporting_year,
            "due": report.correction_due_on or report.due_on,
        },
        url=reverse("reports:detail", args=[report.pk]),
    )
    return event
