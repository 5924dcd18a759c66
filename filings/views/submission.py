from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from filings.permissions import get_editable_or_404, get_of_lead_or_404
from filings.refusals import Refused
from filings.snapshot import present, take
from filings.states import Action
from filings.transitions import perform
from filings.views.panel import comments, panel


@require_safe
def check(request, pk):
    """The whole filing as the officer will see it, what still hinders it, and the last button."""
    consortium = get_editable_or_404(request.user, pk)
    context = (
        panel(consortium, "check") | comments(consortium) | {"content": present(take(consortium))}
    )
    return render(request, "filings/check.html", context)


@require_POST
def submit(request, pk):
    consortium = get_of_lead_or_404(request.user, pk)
    if "truth" not in request.POST:
        messages.error(request, _("Confirm first that the filing is true and complete."))
        return redirect("filings:check", pk)
    return _take(request, consortium, Action.SUBMIT, _("Submitted. The bureau has it now."))


@require_POST
def withdraw(request, pk):
    consortium = get_of_lead_or_404(request.user, pk)
    return _take(request, consortium, Action.WITHDRAW, _("Withdrawn: it is a draft again."))


def _take(request, consortium, action: Action, done: str):
    try:
        perform(consortium.pk, action, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        if consortium.is_editable:
            return redirect("filings:check", consortium.pk)
    else:
        messages.success(request, done)
    return redirect("filings:detail", consortium.pk)
