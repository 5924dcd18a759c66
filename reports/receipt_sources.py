"""What the public verification page says of receipts of reports; found by `filings.apps` at the
start."""

from filings.verification import Verified, also
from reports.models import ReportSubmission


def of_reports(code: str) -> Verified | None:
    submission = ReportSubmission.objects.filter(receipt_code=code).first()
    if submission is None:
        return None
    return Verified(
        "reports/verify_receipt.html",
        {"submission": submission, "is_latest": submission.is_latest},
    )


also(of_reports)
