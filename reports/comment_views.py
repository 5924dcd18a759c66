"""The lead unit answers what the bureau asks for, where it is asked."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filings.views.answering import answered
from reports.comments import answer_comment, resolve_comment
from reports.correction import asked
from reports.models import ReportProject, UnitPart
from reports.part_views import show_part
from reports.permissions import get_editable_or_404
from reports.places import page_of, rows_at
from reports.unit_views import show_project, show_unit


@require_POST
def answer(request, pk, comment_pk):
    """Answer one comment of the bureau, or mark it as done."""
    report = get_editable_or_404(request.user, pk)
    comment = asked(report).filter(pk=comment_pk).first()
    if comment is None:
        raise Http404
    refused = answered(request, comment, answer=answer_comment, resolve=resolve_comment)
    row = rows_at(report, [comment.field]).get(comment.field)
    if not refused:
        return redirect(page_of(comment, row))
    match row:
        case UnitPart():
            return show_unit(request, row, answer=refused)
        case ReportProject():
            return show_project(request, row, True, answer=refused)
    return show_part(request, report, comment.part, answer=refused)
