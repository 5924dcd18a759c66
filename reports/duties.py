"""The yearly reports that a person's units owe."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.querysets import EDITING
from filings.duties import MOST, Duty
from filings.states import Status as ConsortiumStatus
from filings.workdays import workdays_left
from reports.models import AnnualReport
from reports.states import EDITABLE, Status


def duties_of(user, today: date) -> list[Duty]:
    """Those that are open and not in, of consortia that still run (clause 5.2)."""
    owed = AnnualReport.objects.filter(
        consortium__lead_unit__memberships__user=user,
        consortium__lead_unit__memberships__role__in=EDITING,
        consortium__status=ConsortiumStatus.ACTIVE,
        consortium__ends_on__gte=today,
        call__opened_at__isnull=False,
        status__in=EDITABLE,
    )
    return [_duty(report, today) for report in owed.for_list().distinct()[:MOST]]


def _duty(report: AnnualReport, today: date) -> Duty:
    due = report.correction_due_on or report.due_on
    text = _("The yearly report on %(year)s is due.")
    if report.status == Status.RETURNED:
        text = _("The yearly report on %(year)s came back: mend it and submit it again.")
    return Duty(
        report.consortium.name,
        text % {"year": report.call.reporting_year},
        _("Write the report"),
        reverse("reports:detail", args=[report.pk]),
        due,
        workdays_left(today, due),
    )
