"""A whole filing out as PDF or JSON, and in again: from JSON, or from an earlier filing."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Unit
from filings.as_of import as_of
from filings.ending import ending_of, successor_of
from filings.exchange import beginning, copying, document, excerpt, paper, parsing
from filings.forms.files import DocumentFileForm
from filings.models import Policy
from filings.permissions import (
    get_of_lead_or_404,
    get_visible_or_404,
    is_of_unit,
    may_read_documents,
)
from filings.sections import Section
from filings.snapshot import take
from filings.views.sending import attachment
from filings.views.told import told

COPY_ANEW = _(
    "Copied into a new draft. To be given anew: the documents, the date and signatures of the "
    "agreement, and the confirmation of every member."
)
RENEW_ANEW = _(
    "A new draft from the earlier filing. To be given anew: the milestones of the new term, the "
    "documents, the agreement with its date and signatures, and every member's confirmation."
)
READ_ANEW = _(
    "Read into a new draft. To be given anew: the documents and the confirmation of every member."
)


@require_safe
def pdf(request, pk, number=None):
    """The filing on paper: one submission, else the draft for its units and the last submission
    for everybody when there is no draft. A member unit gets what it may read."""
    consortium = get_visible_or_404(request.user, pk)
    submission = _submission(request.user, consortium, number)
    if not submission and not consortium.is_editable:
        raise Http404
    content = None
    if not may_read_documents(request.user, consortium):
        units = Unit.objects.filter(memberships__user=request.user)
        whole = submission.content if submission else take(as_of(consortium))
        content = excerpt.for_member(whole, set(units.values_list("uscc", flat=True)))
    if submission:
        data = paper.of_submission(submission, content)
    else:
        data = paper.of_draft(consortium, content)
    name = f"{consortium.name} {submission}" if submission else consortium.name
    return attachment(data, "application/pdf", name, ".pdf")


def _submission(user, consortium, number):
    submissions = consortium.submissions.select_related("consortium__lead_unit")
    if number is not None:
        return get_object_or_404(submissions, number=number)
    of_its_units = not may_read_documents(user, consortium) or is_of_unit(
        user, consortium.lead_unit_id
    )
    if consortium.is_editable and of_its_units:
        return None
    return submissions.last()


@require_safe
def as_json(request, pk):
    """The filing with its members' contacts, for the people of the lead unit."""
    consortium = get_of_lead_or_404(request.user, pk)
    data = json.dumps(document.export(consortium), ensure_ascii=False, indent=2)
    return attachment(data.encode(), "application/json", consortium.name, ".json")


def from_json(request):
    """A new filing out of a JSON file: all of it, or what is wrong with it."""
    units = Unit.objects.edited_by(request.user)
    form = DocumentFileForm(request.POST or None, request.FILES or None, units=units)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            data, problems = parsing.read(form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            draft = None
            if not problems:
                unit = form.cleaned_data["unit"]
                draft, problems = beginning.begin(data, user=request.user, unit=unit)
            if draft:
                return _begun(request, draft, READ_ANEW)
    reads = Unit.objects.of(request.user).exists()
    context = {"form": form, "units": units, "reads": reads, "problems": problems}
    status = 422 if form.errors or problems else 200
    return render(request, "filings/from_json.html", context, status=status)


def copy(request, pk):
    """A new draft from an earlier filing, after saying what does not come along."""
    consortium = get_of_lead_or_404(request.user, pk)
    if request.method == "POST":
        return _begun(request, copying.copy(consortium, user=request.user), COPY_ANEW)
    return render(request, "filings/copy.html", {"consortium": consortium})


@told
def renew(request, pk):
    """Apply anew from a consortium at its end, after saying what comes along and what does not."""
    consortium = get_of_lead_or_404(request.user, pk)
    today = timezone.localdate()
    ending = ending_of(consortium, today, Policy.objects.in_force(today))
    if ending is None:
        raise Http404
    if request.method == "POST":
        return _begun(request, copying.renew(consortium, user=request.user), RENEW_ANEW)
    context = {"consortium": consortium, "ending": ending, "successor": successor_of(consortium)}
    return render(request, "filings/renew.html", context)


def _begun(request, draft, anew: str):
    messages.warning(request, anew)
    return redirect("filings:step", draft.pk, Section.LEAD)
