"""The receipt of a submission: what was handed in, when, who signed, and what was promised."""

from datetime import date

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from filings.models import Submission
from filings.models.history import Frozen
from filings.pdf import render
from filings.workdays import add_workdays


def verify_url(submission: Frozen) -> str:
    """Where anybody learns whether the receipt is real."""
    return settings.SITE_URL + reverse("filings:verify", args=[submission.receipt_code])


def promised_on(submission: Submission) -> date:
    """By the end of which day the bureau promised to say whether the filing is complete."""
    return add_workdays(timezone.localdate(submission.submitted_at), submission.policy.intake_days)


def is_latest(submission: Submission) -> bool:
    later = Submission.objects.filter(
        consortium_id=submission.consortium_id, number__gt=submission.number
    )
    return not later.exists()


def receipt(submission: Submission) -> bytes:
    """The receipt as PDF. It tells what the content said when it was submitted, not today's."""
    return written(
        "sheets/filing_receipt.html",
        submission,
        lead=submission.content["lead"],
        members=[member["name"] for member in submission.content["members"]],
        promised_on=promised_on(submission),
    )


def written(template: str, submission: Frozen, **said) -> bytes:
    """A receipt that extends the common one, with the code by which anybody verifies it."""
    url = verify_url(submission)
    qr = segno.make(url, error="m").svg_data_uri(scale=4, border=4)
    return render(template, {"submission": submission, "url": url, "qr": qr} | said)
