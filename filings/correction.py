"""What the bureau asks the lead unit to mend, and whether each point has been dealt with."""

from django.db.models import Max, QuerySet

from filings.models import Comment, Consortium


def asked(consortium: Consortium, section: str | None = None) -> QuerySet[Comment]:
    """The comments of the last return, in a section or all; not those that were taken back."""
    comments = consortium.comments.filter(sent_at__isnull=False, recalled_at__isnull=True)
    last = consortium.submissions.aggregate(last=Max("number"))["last"]
    comments = comments.filter(submission__number=last)
    return comments.filter(section=section) if section else comments


def open_comments(consortium: Consortium) -> QuerySet[Comment]:
    """Those that are neither answered nor marked as done."""
    return asked(consortium).filter(answer="", resolved=False)
