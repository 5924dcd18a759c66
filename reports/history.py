"""Entries of a report's history beside its moves."""

from django.utils import timezone

from reports.models import AnnualReport, ReportEvent
from reports.states import Entry


def record(report: AnnualReport, entry: Entry, user, reason: str = "", **data) -> ReportEvent:
    """Write an entry of the history that moves nothing."""
    return ReportEvent.objects.create(
        report=report,
        action=entry,
        actor=user,
        at=timezone.now(),
        from_status=report.status,
        to_status=report.status,
        reason=reason,
        data=data,
    )
