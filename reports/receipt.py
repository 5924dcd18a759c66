"""The receipt of a report: what was handed in, when, and who signed for it."""

import segno

from filings.pdf import render
from filings.receipt import verify_url
from reports.models import ReportSubmission


def receipt(submission: ReportSubmission) -> bytes:
    """The receipt as PDF. It tells what the content said when it was submitted, not today's."""
    url = verify_url(submission)
    return render(
        "sheets/report_receipt.html",
        {
            "submission": submission,
            "content": submission.content,
            "documents": submission.documents,
            "url": url,
            "qr": segno.make(url, error="m").svg_data_uri(scale=4, border=4),
        },
    )
