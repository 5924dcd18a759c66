"""What is handed in is frozen: whole, signed, with what the checks found and why it stood."""

from django.utils import timezone

from filings.eligibility.engine import Finding
from filings.models import Policy
from filings.snapshot import digest
from reports.models import AnnualReport, ReportSubmission
from reports.snapshot import ReportDifference, compare, take


def freeze(
    report: AnnualReport, *, actor, signed_name: str, findings: tuple[Finding, ...], policy: Policy
) -> ReportSubmission:
    """Keep the report as it stands in this transaction; the database refuses to alter it later."""
    content = take(report)
    return ReportSubmission.objects.create(
        report=report,
        number=report.submissions.count() + 1,
        submitted_by=actor,
        submitted_at=timezone.now(),
        policy=policy,
        content=content,
        findings=[finding.as_dict() for finding in findings],
        justifications=report.justifications,
        digest=digest(content),
        signed_name=signed_name.strip(),
    )


def changed_since(report: AnnualReport) -> list[ReportDifference] | None:
    """What differs from the latest submission while the report is edited, or between the last two
    once it was handed in again; None where there is nothing to compare with."""
    last = list(report.submissions.order_by("-number")[:2])
    if report.is_editable:
        return compare(last[0].content, take(report)) if last else None
    return compare(last[1].content, last[0].content) if len(last) == 2 else None
