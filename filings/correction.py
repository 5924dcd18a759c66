"""What the bureau asks the lead unit to mend, and whether each point has been dealt with."""

from django.db.models import QuerySet, Subquery

from filings.models import Comment, Consortium, Submission
from filings.states import Status


def asked(consortium: Consortium, section: str | None = None) -> QuerySet[Comment]:
    """The comments of the return that waits, in a section or all; not those taken back."""
    if consortium.status != Status.RETURNED:
        return Comment.objects.none()
    last = Submission.objects.filter(consortium=consortium).order_by("-number").values("pk")[:1]
    comments = consortium.comments.filter(
        sent_at__isnull=False, recalled_at__isnull=True, submission=Subquery(last)
    )
    return comments.filter(section=section) if section else comments


def open_comments(consortium: Consortium) -> QuerySet[Comment]:
    """Those that are neither answered nor marked as done."""
    return asked(consortium).filter(answer="", resolved=False)
