"""What the bureau asks the lead unit to mend, and whether each point has been dealt with."""

from datetime import date

from django.db.models import QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import ngettext

from filings.models import Comment, Consortium, Policy, Submission
from filings.states import Status
from filings.workdays import add_workdays


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


def sent_back(day: date, policy: Policy) -> str:
    """What a return on `day` brings about, of a filing or a report."""
    return ngettext(
        "The lead unit gets the comments below and has %(count)s working day, until the end of "
        "%(due)s, to correct. Everything that is to be mended must be among them.",
        "The lead unit gets the comments below and has %(count)s working days, until the end of "
        "%(due)s, to correct. Everything that is to be mended must be among them.",
        policy.correction_days,
    ) % {
        "count": policy.correction_days,
        "due": date_format(add_workdays(day, policy.correction_days)),
    }
