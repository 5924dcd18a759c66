"""What the people of a unit do with its request: write, send, take back, consent."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings.eligibility.engine import blocking
from filings.views import keeping
from filings.views.attaching import attach
from filings.views.told import told_at
from reports.models import SupportRequest
from reports.support import permissions
from reports.support.eligibility import to_submit
from reports.support.forms import PaperForm, request_form
from reports.support.services import add_file, remove_file, save_request, set_consent
from reports.support.states import Action
from reports.support.transitions import perform

told = partial(told_at, "support:detail")


@told
def edit(request, pk):
    """The form of a request: shown, saved by its button, or saved by itself."""
    found = permissions.get_editable_or_404(request.user, pk)
    form_class = request_form(found.kind)
    form = form_class(request.POST or None, instance=found)
    clashes = []
    if form.is_bound and (keeping.is_autosave(request) or form.is_valid()):
        saved = keeping.save(form, partial(save_request, pk), request.user)
        if keeping.is_autosave(request):
            context = _panel(saved.row) | {"panel": "support/_panel.html"}
            return keeping.answer(request, form, saved, context)
        keeping.tell(request, saved)
        if not saved.clashes:
            return redirect("support:detail" if "next" in request.POST else "support:edit", pk)
        form, clashes, found = saved.form, saved.clashes, saved.row
    paper = PaperForm(consortium=found.consortium, user=request.user)
    return _form_page(request, found, form, paper, clashes)


def _form_page(request, found, form, paper, clashes=()):
    context = _panel(found) | {
        "form": form,
        "clashes": clashes,
        "paper_form": paper,
        "files": found.files.filter(removed_at__isnull=True),
        "returned": found.events.filter(action=Action.RETURN).last(),
    }
    return render(request, "support/edit.html", context)


def _panel(found: SupportRequest) -> dict:
    findings = to_submit(found)
    return {
        "request_": found,
        "measure": found.measure,
        "findings": findings,
        "open": len(blocking(findings)),
    }


@require_POST
@told
def submit(request, pk):
    found = permissions.get_acted_for_or_404(request.user, pk)
    if "truth" not in request.POST:
        messages.error(request, _("Confirm first that the request is true and complete."))
        return redirect("support:detail", pk)
    perform(found.pk, Action.SUBMIT, actor=request.user)
    messages.success(request, _("Submitted. The bureau has it now."))
    return redirect("support:detail", pk)


@require_POST
@told
def withdraw(request, pk):
    found = permissions.get_acted_for_or_404(request.user, pk)
    perform(found.pk, Action.WITHDRAW, actor=request.user)
    messages.success(request, _("Withdrawn: you can edit it again."))
    return redirect("support:detail", pk)


@require_POST
@told
def consent(request, pk):
    """Give the consent to pass a financing need on, or take it back (clause 4.3)."""
    found = permissions.get_acted_for_or_404(request.user, pk)
    given = request.POST.get("given") == "yes"
    set_consent(found.pk, user=request.user, given=given)
    messages.success(request, _("Consent given.") if given else _("Consent taken back."))
    return redirect("support:detail", pk)


@require_POST
@told
def file_add(request, pk):
    found = permissions.get_editable_or_404(request.user, pk)
    form = PaperForm(request.POST, request.FILES, consortium=found.consortium, user=request.user)
    if attach(form, lambda upload: add_file(found.pk, user=request.user, upload=upload)):
        messages.success(request, _("Document added."))
        return redirect("support:edit", pk)
    return _form_page(request, found, request_form(found.kind)(instance=found), form)


@require_POST
@told
def file_remove(request, pk, file_pk):
    found = permissions.get_editable_or_404(request.user, pk)
    remove_file(get_object_or_404(found.files, pk=file_pk), user=request.user)
    messages.success(request, _("Document removed."))
    return redirect("support:edit", pk)
