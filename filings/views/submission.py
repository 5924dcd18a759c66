from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from filings.forms.sign import SignForm
from filings.permissions import get_editable_or_404, get_of_lead_or_404, may_take
from filings.receipt import promised_on
from filings.receipt import receipt as receipt_of
from filings.refusals import Refused
from filings.snapshot import compare
from filings.states import Action, Status
from filings.transitions import perform
from filings.views.showing import show_check


@require_safe
def check(request, pk):
    """The whole filing as the officer will see it, what still hinders it, and the last button."""
    return show_check(request, get_editable_or_404(request.user, pk))


@require_POST
def submit(request, pk):
    """Sign the statement of truth and submit. A second press lands on the receipt of the first."""
    consortium = get_of_lead_or_404(request.user, pk)
    form = SignForm(request.POST)
    if consortium.is_editable and form.is_valid():
        given = form.cleaned_data
        try:
            perform(
                pk,
                Action.SUBMIT,
                actor=request.user,
                signed_name=given["signed_name"],
                digest=given["digest"],
                version=given["version"] or 0,
            )
        except Refused as refused:
            form.add_error(None, refused.message)
            consortium.refresh_from_db()
        else:
            messages.success(request, _("Submitted. The bureau has it now."))
            return redirect("filings:submission", pk, consortium.submissions.last().number)
    if not consortium.is_editable:
        return _as_it_stands(request, consortium)
    return show_check(request, get_editable_or_404(request.user, pk), sign=form)


def _as_it_stands(request, consortium):
    """For whoever pressed twice, or after a colleague: the receipt, or what became of it since."""
    if consortium.status == Status.SUBMITTED:
        messages.info(request, _("It has been submitted already; this is its receipt."))
        return redirect("filings:submission", consortium.pk, consortium.submissions.last().number)
    messages.error(request, may_take(request.user, Action.SUBMIT, consortium).reason)
    return redirect("filings:detail", consortium.pk)


@require_POST
def withdraw(request, pk):
    consortium = get_of_lead_or_404(request.user, pk)
    try:
        perform(pk, Action.WITHDRAW, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Withdrawn: it is a draft again."))
    return redirect("filings:detail", consortium.pk)


def _submission_or_404(request, pk, number):
    consortium = get_of_lead_or_404(request.user, pk)
    submissions = consortium.submissions.select_related("policy", "submitted_by")
    return consortium, get_object_or_404(submissions, number=number)


@require_safe
def submission(request, pk, number):
    """A receipt: what was handed in and signed, when, and what comes next by which day."""
    consortium, found = _submission_or_404(request, pk, number)
    before = consortium.submissions.filter(number__lt=number).last()
    last = consortium.submissions.values_list("number", flat=True).last()
    context = {
        "consortium": consortium,
        "submission": found,
        "is_latest": found.number == last,
        "waits": found.number == last and consortium.status == Status.SUBMITTED,
        "promised_on": promised_on(found),
        "changed": compare(before.content, found.content) if before else [],
    }
    return render(request, "filings/submission.html", context)


@require_safe
def receipt(request, pk, number):
    """The receipt as PDF."""
    consortium, found = _submission_or_404(request, pk, number)
    response = HttpResponse(receipt_of(found), content_type="application/pdf")
    name = _("Receipt %(number)s of %(name)s") % {"number": number, "name": consortium.name}
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    return response
