"""Moving a due day later, with a reason that those concerned are told (clause 5.2).

The only thing about a published call that can still change; earlier it never becomes.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.notifications import people_by_consortium
from filings.permissions import Answer
from filings.refusals import NotPermitted, Refused
from notices.services import Notice, notify_all
from reports.history import record
from reports.models import AnnualReport, Extension, ReportCall
from reports.permissions import may_extend, may_postpone
from reports.states import EDITABLE, Entry


@transaction.atomic
def postpone(call_id: int, *, actor, due_on: date, reason: str) -> Extension:
    """Move the due day of a published call and tell the leads of all reports that are not in.

    Raises NotPermitted, and Refused for a day that is not later, or after the year's end.
    """
    call = lock(ReportCall.objects).get(pk=call_id)
    _require(may_postpone(actor, call))
    extension = _extension(call, None, call.due_on, actor=actor, due_on=due_on, reason=reason)
    call.due_on = due_on
    call.save(update_fields=["due_on"])
    waiting = call.reports.filter(status__in=EDITABLE).filter(
        Q(extended_to__isnull=True) | Q(extended_to__lt=due_on)
    )
    _tell(extension, waiting)
    return extension


@transaction.atomic
def extend(report_id: int, *, actor, due_on: date, reason: str) -> Extension:
    """Give one consortium until `due_on` and tell its lead. Raises as `postpone`."""
    reports = AnnualReport.objects.select_related("call", "consortium__lead_unit")
    report = lock(reports).get(pk=report_id)
    _require(may_extend(actor, report))
    extension = _extension(
        report.call, report, report.due_on, actor=actor, due_on=due_on, reason=reason
    )
    report.extended_to = due_on
    report.save(update_fields=["extended_to", "updated_at"])
    record(report, Entry.EXTENDED, actor, extension.reason, due_on=due_on.isoformat())
    _tell(extension, AnnualReport.objects.filter(pk=report.pk))
    return extension


def _extension(call, report, before: date, *, actor, due_on: date, reason: str) -> Extension:
    if not reason.strip():
        raise Refused(_("Give the reason: those concerned read it."))
    if not before < due_on <= call.last_due_day:
        raise Refused(
            _("The new due day lies after %(before)s and not after %(last)s.")
            % {"before": date_format(before), "last": date_format(call.last_due_day)}
        )
    return Extension.objects.create(
        call=call,
        report=report,
        due_before=before,
        due_on=due_on,
        reason=reason.strip(),
        granted_by=actor,
    )


def _tell(extension: Extension, reports) -> None:
    """Tell the lead unit of each of `reports` its new due day, and why."""
    context = {
        "year": extension.call.reporting_year,
        "due": extension.due_on,
        "before": extension.due_before,
        "reason": extension.reason,
    }
    reports = list(reports.for_list())
    people = people_by_consortium([report.consortium for report in reports])
    notify_all(
        Notice(
            people[report.consortium_id],
            f"report-extension:{extension.pk}:{report.pk}",
            "report_extended",
            context | {"name": report.consortium.name},
            reverse("reports:detail", args=[report.pk]),
        )
        for report in reports
    )


def _require(answer: Answer) -> None:
    if not answer:
        raise NotPermitted(answer.reason)
