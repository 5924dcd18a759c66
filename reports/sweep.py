"""What the calendar does to reports: open calls, remind before and after the due day."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from filings.deadlines import Deadline, Kind
from filings.ladder import Ladder
from filings.models import Policy
from filings.reminders import BATCH, Reminder, climbing, passed, tell
from reports.calls import open_due, owed_by
from reports.deadlines import reports_due, to_examine
from reports.models import AnnualReport, ReportCall
from reports.support.deadlines import reminders as support_reminders

EVERY_WEEK = Ladder((), weekly=True)
OPENS = _("the call opens")


def run(on: date | None = None) -> dict[str, int]:
    """Do everything that is due on `on` (today by default); any number of times."""
    day = on or timezone.localdate()
    return {"reports_opened": open_due(day), "reports_reminded": tell(reminders(day))}


def to_tell(day: date) -> Iterator[Reminder]:
    """All that `run` tells on `day`, for who looks ahead."""
    yield from _openings(day)
    yield from reminders(day)


def reminders(day: date) -> Iterator[Reminder]:
    """Who still owes a report: the rungs of the policy before, every week after. Of what is missing
    the reviewing officers hear with every call, each week; the deciding officers of what the bureau
    has not examined in its time.

    Who owes is asked now, by the present state, never by a list made earlier.
    """
    policy = Policy.objects.in_force(day)
    for deadline in reports_due(AnnualReport.objects.all(), day):
        if deadline.kind == Kind.REPORT:
            ladder, told = policy.report_ladder, ("report_reminder", "report-reminder")
        else:
            ladder, told = policy.report_correction_ladder, ("report_correction_reminder", "")
        yield from climbing(
            [deadline], ladder, day,
            message=told[0], stem=told[1], overdue="report_overdue", words=_report,
        )  # fmt: skip
    yield from support_reminders(day, policy)
    yield from climbing(
        _missing(day), EVERY_WEEK, day,
        message="", stem="reports-missing", overdue="reports_missing", words=_count,
    )  # fmt: skip
    for deadline in to_examine(AnnualReport.objects.all(), policy):
        yield from climbing([deadline], policy.bureau_ladder, day, message="bureau_due")
        yield from passed([deadline], day, message="bureau_work_late", roles=(Role.DECIDER,))


def _missing(day: date) -> Iterator[Deadline]:
    """The calls of which reports are missing past the due day."""
    missing = AnnualReport.objects.missing_on(day)
    calls = ReportCall.objects.filter(opened_at__isnull=False, due_on__lt=day)
    counted = calls.annotate(missing=Count("reports", Q(reports__in=missing.values("pk"))))
    for call in counted.filter(missing__gt=0):
        url = reverse("admin:reports_annualreport_changelist")
        yield Deadline(
            Kind.REPORT, call.pk, call.title, call.due_on, f"{url}?came=missing",
            roles=(Role.REVIEWER,), row=call,
        )  # fmt: skip


def _openings(day: date) -> Iterator[Reminder]:
    """What opening a call will tell the lead units that owe its report."""
    calls = ReportCall.objects.filter(published_at__isnull=False, opens_on__lte=day)
    for call in calls.filter(opened_at__isnull=True):
        owing = owed_by(call, day).select_related("lead_unit").order_by("pk")
        for consortium in owing.iterator(chunk_size=BATCH):
            yield Reminder(
                Deadline(
                    Kind.REPORT, consortium.pk, f"{consortium.name} · {call.reporting_year}",
                    call.due_on, reverse("reports:mine"),
                ),
                "report_open",
                "",
                call.opens_on,
                OPENS,
                reverse("reports:mine"),
                units=(consortium.lead_unit_id,),
            )  # fmt: skip


def _report(report: AnnualReport) -> dict:
    return {"name": report.consortium.name, "year": report.call.reporting_year}


def _count(call: ReportCall) -> dict:
    return {"count": call.missing, "year": call.reporting_year}
