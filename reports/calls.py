"""The bureau's yearly call: who owes a report, and opening the window (clause 5.2)."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.models import Consortium
from filings.notifications import people_of_lead
from filings.refusals import Conflict, NotPermitted, Refused
from notices.services import notify
from reports.models import AnnualReport, ReportCall
from reports.permissions import may_publish
from reports.prefill import prefill


def day_of(call: ReportCall) -> date:
    """The day on which it is seen who owes: the opening day, or today once that has come."""
    return max(call.opens_on, timezone.localdate())


def owed_by(call: ReportCall, on: date | None = None):
    """The consortia that owe the report: active on some day of the reporting year, and still on
    `on`, the opening day if it is not given.

    What was filed after the reporting year, or has ended since, owes nothing.
    """
    day = on or day_of(call)
    return Consortium.objects.running_on(day).filter(
        starts_on__year__lte=call.reporting_year, ends_on__gte=date(call.reporting_year, 1, 1)
    )


@transaction.atomic
def publish(call_id: int, *, actor) -> ReportCall:
    """Publish a drafted call; from its opening day it opens by itself.

    Raises NotPermitted for others than deciding officers, Conflict when somebody was quicker, and
    Refused when its due day is over before it begins.
    """
    call = lock(ReportCall.objects.select_related("published_by")).get(pk=call_id)
    if call.published_at:
        raise Conflict(_("%(who)s has published this call already.") % {"who": call.published_by})
    answer = may_publish(actor, call)
    if not answer:
        raise NotPermitted(answer.reason)
    if call.due_on < timezone.localdate():
        raise Refused(_("Its due day is over: set a later one first."))
    call.published_at, call.published_by = timezone.now(), actor
    call.save()
    if call.is_open_on(timezone.localdate()):
        open_call(call, timezone.localdate())
    return call


def open_due(on: date) -> int:
    """Open every published call whose day has come; return how many reports were opened."""
    calls = ReportCall.objects.filter(published_at__isnull=False, opens_on__lte=on)
    return sum(open_call(call, on) for call in calls.filter(opened_at__isnull=True))


def open_call(call: ReportCall, on: date) -> int:
    """Give every consortium that owes one its report, prefilled, and tell its lead unit.

    Each report is its own transaction; run again after a crash it goes on where it stopped.
    """
    opened = 0
    missing = owed_by(call, on).exclude(reports__call=call)
    for consortium in missing.select_related("lead_unit").order_by("pk"):
        with transaction.atomic():
            report, created = AnnualReport.objects.get_or_create(call=call, consortium=consortium)
            if created:
                prefill(report)
                opened += 1
            notify(
                people_of_lead(consortium),
                key=f"report-open:{report.pk}",
                kind="report_open",
                context={"name": consortium.name, "year": call.reporting_year, "due": call.due_on},
                url=reverse("reports:detail", args=[report.pk]),
            )
    ReportCall.objects.filter(pk=call.pk, opened_at__isnull=True).update(opened_at=timezone.now())
    return opened
