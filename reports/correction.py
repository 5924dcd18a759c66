"""What the bureau asks the lead unit to mend in a report, and what became of each point."""

from dataclasses import dataclass

from django.db.models import QuerySet

from reports.models import AnnualReport, ReportComment
from reports.parts import Part
from reports.snapshot import ReportDifference
from reports.states import Status
from reports.submissions import changed_since


def asked(report: AnnualReport, part: str | None = None) -> QuerySet[ReportComment]:
    """The comments of the return that waits, on a part or all."""
    if report.status != Status.RETURNED:
        return ReportComment.objects.none()
    comments = _sent_on(report, report.submissions.last())
    return comments.filter(part=part) if part else comments


def open_comments(report: AnnualReport) -> QuerySet[ReportComment]:
    """Those that are neither answered nor marked as done."""
    return asked(report).filter(answer="", resolved=False)


def to_send(report: AnnualReport) -> QuerySet[ReportComment]:
    """What the next return sends, all at once."""
    return report.comments.filter(sent_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was asked for in a part and answered, each beside what changed in the row that it is
    about, and what else changed there."""

    part: Part
    comments: list[tuple[ReportComment, list[ReportDifference]]]
    changes: list[ReportDifference]

    @property
    def is_untouched(self) -> bool:
        return not self.changes and not any(own for _comment, own in self.comments)


def replies(report: AnnualReport) -> list[Reply] | None:
    """How the lead unit answered the last return, part by part; None where there was none.

    While it corrects, its editing is not the bureau's to see.
    """
    submissions = list(report.submissions.order_by("-number")[:2])
    if report.is_editable or len(submissions) < 2:
        return None
    changes = changed_since(report)
    comments = list(_sent_on(report, submissions[1]).select_related("author"))
    found = [_reply(part, comments, changes) for part in Part]
    return [reply for reply in found if reply.comments or reply.changes]


def _reply(part: Part, comments: list[ReportComment], changes: list[ReportDifference]) -> Reply:
    beside = [
        (comment, [change for change in changes if comment.row and change.place == comment.field])
        for comment in comments
        if comment.part == part
    ]
    told = [change for _comment, own in beside for change in own]
    return Reply(part, beside, [one for one in changes if one.section == part and one not in told])


def _sent_on(report: AnnualReport, submission) -> QuerySet[ReportComment]:
    return report.comments.filter(sent_at__isnull=False, submission=submission)
