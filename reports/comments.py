"""What officers write about a report beside its moves, and what the lead unit answers."""

from django.db import transaction

from filings import remarks
from filings.database import lock
from filings.refusals import NotPermitted
from filings.remarks import NOT_YOUR_TURN, answer, resolve, unsent, written
from reports.models import AnnualReport, ReportComment
from reports.permissions import may_comment
from reports.places import row_name
from reports.services import editable


@transaction.atomic
def write_comment(report_id: int, *, user, part: str, field: str = "", text: str) -> ReportComment:
    """Put one thing to be mended on the list that the next return sends, all at once; `field` is
    the name of a field or the place of a row (`places`).

    Raises NotPermitted for others than the officer whose turn it is, Refused for a row that the
    part does not have.
    """
    report = lock(AnnualReport.objects).get(pk=report_id)
    if not may_comment(user, report):
        raise NotPermitted(NOT_YOUR_TURN)
    return ReportComment.objects.create(
        report=report,
        submission=report.submissions.last(),
        part=part,
        field=field,
        row=row_name(report, part, field),
        text=written(text),
        author=user,
    )


@transaction.atomic
def rewrite_comment(
    comment_id: int, *, user, part: str, field: str = "", text: str
) -> ReportComment:
    """Change an unsent comment. Raises Conflict when it was sent or deleted meanwhile, Refused
    for a row that the part does not have."""
    comment = unsent(ReportComment.objects, comment_id, user)
    comment.part, comment.field, comment.text = part, field, written(text)
    comment.row = row_name(comment.report, part, field)
    comment.save(update_fields=["part", "field", "row", "text"])
    return comment


@transaction.atomic
def delete_comment(comment_id: int, *, user) -> None:
    """Take an unsent comment off the list. Raises as `rewrite_comment` does."""
    unsent(ReportComment.objects, comment_id, user).delete()


def write_note(report: AnnualReport, *, user, part: str, field: str = "", text: str) -> None:
    """Keep something for the bureau alone. Raises as `filings.remarks.write_note` does, and Refused
    for a row that the part does not have."""
    row = row_name(report, part, field)
    remarks.write_note(report.notes, user=user, part=part, field=field, row=row, text=text)


@transaction.atomic
def answer_comment(comment: ReportComment, *, user, text: str) -> None:
    editable(comment.report_id, user=user)
    answer(comment, text)


@transaction.atomic
def resolve_comment(comment: ReportComment, *, user) -> None:
    editable(comment.report_id, user=user)
    resolve(comment)
