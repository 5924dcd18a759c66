"""What is due of the yearly reports (clause 5.2): to be handed in, then to be examined."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.roles import LABELS, Role
from filings.deadlines import CHUNK, Deadline, Kind
from filings.models import Consortium, Policy
from filings.workdays import add_workdays
from reports.models import AnnualReport
from reports.queue import has_queue, waiting_for
from reports.states import EDITABLE, Status

# So many are shown to an officer; the list of reports has all.
MOST = 100


def day_of(report: AnnualReport) -> date:
    """The day until which it is to be handed in: its own, or that of its correction."""
    return report.correction_due_on or report.due_on


def answer_day(report: AnnualReport, policy: Policy) -> date:
    """The day until which the bureau examines what lies with it."""
    return add_workdays(timezone.localdate(report.submitted_at), policy.report_review_days)


def reports_due(reports: QuerySet[AnnualReport], today: date) -> Iterator[Deadline]:
    """Reports that are open and not in, of consortia that still run: late is shown, never a bar."""
    owed = reports.filter(
        consortium__in=Consortium.objects.running_on(today),
        call__opened_at__isnull=False,
        status__in=EDITABLE,
    )
    rows = owed.for_list().order_by("call__due_on", "pk")
    for report in rows.iterator(chunk_size=CHUNK):
        consortium = report.consortium
        yield Deadline(
            Kind.REPORT_CORRECTION if report.status == Status.RETURNED else Kind.REPORT,
            report.pk,
            f"{consortium.name} · {report.call.reporting_year}",
            day_of(report),
            reverse("reports:detail", args=[report.pk]),
            consortium.lead_unit.name,
            units=(consortium.lead_unit_id,),
            row=report,
        )


def to_examine(reports: QuerySet[AnnualReport], policy: Policy) -> Iterator[Deadline]:
    """Reports that lie with the bureau: of whoever has one, else of the reviewing officers."""
    rows = reports.filter(status=Status.SUBMITTED).for_list().order_by("submitted_at", "pk")
    for report in rows.iterator(chunk_size=CHUNK):
        yield Deadline(
            Kind.REPORT_REVIEW,
            report.pk,
            f"{report.consortium.name} · {report.call.reporting_year}",
            answer_day(report, policy),
            reverse("admin:reports_annualreport_change", args=[report.pk]),
            LABELS[Role.REVIEWER],
            roles=(Role.REVIEWER,),
            people=(report.officer_id,) if report.officer_id else (),
            row=report,
        )


def of_units(units, today: date) -> Iterator[Deadline]:
    """The reports that these units owe."""
    return reports_due(AnnualReport.objects.filter(consortium__lead_unit__in=units), today)


def of_consortium(consortium_id: int, today: date) -> Iterator[Deadline]:
    """What is owed of one consortium's reports, by its lead unit and by the bureau."""
    reports = AnnualReport.objects.filter(consortium=consortium_id)
    yield from reports_due(reports, today)
    yield from to_examine(reports, Policy.objects.in_force(today))


def of_officer(user, today: date) -> Iterator[Deadline]:
    """The reports that wait for a reviewing officer: what no colleague has."""
    if not has_queue(user):
        return iter(())
    waiting = AnnualReport.objects.filter(waiting_for(user))
    return islice(to_examine(waiting, Policy.objects.in_force(today)), MOST)
