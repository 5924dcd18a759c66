"""The lead unit answers what the bureau asks for, where it is asked."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings.forms.rows import AnswerForm
from reports.comments import answer_comment, resolve_comment
from reports.correction import asked
from reports.part_views import show_part
from reports.permissions import get_editable_or_404


@require_POST
def answer(request, pk, comment_pk):
    """Answer one comment of the bureau, or mark it as done."""
    report = get_editable_or_404(request.user, pk)
    comment = asked(report).filter(pk=comment_pk).first()
    if comment is None:
        raise Http404
    form = AnswerForm(request.POST, comment=comment)
    if "resolve" in request.POST:
        resolve_comment(comment, user=request.user)
        messages.success(request, _("Marked as done."))
    elif form.is_valid():
        answer_comment(comment, user=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("Answer saved."))
    else:
        messages.error(request, _("Write your answer first: at most 2,000 characters."))
        return show_part(request, report, comment.part, answer=form)
    place = reverse("reports:part", args=[pk, comment.part])
    return redirect(f"{place}#comment-{comment.pk}")
