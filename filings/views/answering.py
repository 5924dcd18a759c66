"""The lead unit answers what the bureau asks to mend: the same for filings and reports."""

from collections.abc import Callable

from django.contrib import messages
from django.utils.translation import gettext as _

from filings.forms.rows import AnswerForm
from filings.models.history import Remark


def answered(request, comment: Remark, *, answer: Callable, resolve: Callable) -> AnswerForm | None:
    """Keep what was sent about a comment through the room's services, and say so. Returns the form
    with what was typed where that can't be kept."""
    form = AnswerForm(request.POST, comment=comment)
    if "resolve" in request.POST:
        resolve(comment, user=request.user)
        messages.success(request, _("Marked as done."))
    elif form.is_valid():
        answer(comment, user=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("Answer saved."))
    else:
        messages.error(request, _("Write your answer first: at most 2,000 characters."))
        return form
    return None
