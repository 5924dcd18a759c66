"""The receipt of a report: what was handed in, when, and who signed for it."""

from filings.receipt import written
from reports.models import ReportSubmission


def receipt(submission: ReportSubmission) -> bytes:
    """The receipt as PDF. It tells what the content said when it was submitted, not today's."""
    return written(
        "sheets/report_receipt.html",
        submission,
        content=submission.content,
        documents=submission.documents,
    )
