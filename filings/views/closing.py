"""The closing summary on the lead unit's side: written, checked, signed and handed in."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from filings.closing import content, paper, writing
from filings.ending import ending_of
from filings.forms.closing import closing_form
from filings.forms.documents import FileForm
from filings.forms.sign import ClosingSignForm
from filings.models import ClosingSummary, Consortium, Policy
from filings.permissions import (
    acts_for_unit,
    get_of_lead_or_404,
    get_visible_or_404,
    is_of_unit,
    may_read_documents,
)
from filings.refusals import Refused
from filings.snapshot import digest
from filings.views import keeping
from filings.views.attaching import attach
from filings.views.sending import attachment
from filings.views.told import told


def summary_of(consortium: Consortium) -> ClosingSummary | None:
    """The summary of a consortium, as far as it has been written."""
    try:
        return consortium.closing_summary
    except ObjectDoesNotExist:
        return None


def _open_or_404(request, pk: int, *, acting: bool):
    """The consortium at its end, and its summary: for those who act for the lead unit, or read."""
    get = get_of_lead_or_404 if acting else get_visible_or_404
    consortium = get(request.user, pk)
    if not is_of_unit(request.user, consortium.lead_unit_id):
        raise Http404
    today = timezone.localdate()
    if ending_of(consortium, today, Policy.objects.in_force(today)) is None:
        raise Http404
    return consortium, summary_of(consortium)


def _begun_or_404(request, pk: int):
    consortium, summary = _open_or_404(request, pk, acting=True)
    if summary is None:
        raise Http404
    return consortium, summary


@told
def closing(request, pk):
    """What is asked for, and the summary as it is being written; a reader of the unit reads it."""
    consortium, summary = _open_or_404(request, pk, acting=request.method == "POST")
    if request.method == "POST" and summary is None:
        writing.begin(consortium, user=request.user)
        return redirect("filings:closing", pk)
    acts = bool(acts_for_unit(request.user, consortium.lead_unit_id))
    if summary is None or not acts:
        return render(request, "filings/closing_start.html", _start(consortium, summary, acts))
    content.with_rows(summary)
    form = closing_form(summary)(request.POST or None, instance=summary)
    clashes = []
    if form.is_bound and (keeping.is_autosave(request) or form.is_valid()):
        saved = keeping.save(form, partial(writing.save, pk), request.user)
        if keeping.is_autosave(request):
            return keeping.answer(request, form, saved, {"consortium": consortium})
        keeping.tell(request, saved)
        if not saved.clashes:
            return redirect(
                "filings:closing_check" if "next" in request.POST else "filings:closing", pk
            )
        form, clashes = saved.form, saved.clashes
    context = {"consortium": consortium, "summary": summary, "form": form, "clashes": clashes}
    return render(request, "filings/closing.html", context)


def _start(consortium: Consortium, summary: ClosingSummary | None, acts: bool) -> dict:
    today = timezone.localdate()
    return {
        "consortium": consortium,
        "summary": summary,
        "acts": acts,
        "ending": ending_of(consortium, today, Policy.objects.in_force(today)),
        "shown": in_words(content.take(summary)) if summary else None,
        "submissions": summary.submissions.all() if summary else [],
    }


def in_words(taken: dict) -> dict:
    """What `filings/_closing.html` shows of a summary."""
    return {
        "content": taken,
        "tasks": content.tasks_of(taken),
        "texts": content.texts_of(taken),
        "figures": content.figures_of(taken),
    }


@require_safe
def closing_check(request, pk):
    """The summary as the bureau will read it, its attachments, and the statement to sign."""
    return _show_check(request, *_begun_or_404(request, pk))


def _show_check(request, consortium, summary, *, sign=None, file_form=None):
    taken = content.take(summary)
    sign = sign or ClosingSignForm()
    seal = digest(taken)
    if sign.is_bound:
        sign.data = sign.data.copy()
        sign.data["digest"] = seal
    sign.initial["digest"] = seal
    refused = bool(sign.errors or (file_form and file_form.is_bound))
    context = {
        "consortium": consortium,
        "summary": summary,
        "shown": in_words(taken),
        "missing": content.missing(summary),
        "papers": content.papers_of(consortium),
        "submissions": summary.submissions.all(),
        "sign": sign,
        "seal": seal,
        "now": timezone.localtime(),
        "form": file_form or FileForm(consortium=consortium, user=request.user),
    }
    return render(request, "filings/closing_check.html", context, status=422 if refused else 200)


@require_POST
@told
def closing_submit(request, pk):
    """Sign and hand in what the page showed."""
    consortium, summary = _begun_or_404(request, pk)
    form = ClosingSignForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            writing.hand_in(
                consortium,
                user=request.user,
                signed_name=given["signed_name"],
                seen=given["digest"],
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Handed in. The bureau has been told."))
            return redirect("filings:detail", pk)
    return _show_check(request, consortium, summary, sign=form)


@require_POST
@told
def closing_attach(request, pk):
    consortium, summary = _begun_or_404(request, pk)
    form = FileForm(request.POST, request.FILES, consortium=consortium, user=request.user)

    def write(file):
        writing.add_paper(consortium, user=request.user, upload=file)

    if attach(form, write):
        messages.success(request, _("Document added."))
        return redirect("filings:closing_check", pk)
    return _show_check(request, consortium, summary, file_form=form)


@require_POST
@told
def closing_detach(request, pk, document_pk):
    consortium, _summary = _begun_or_404(request, pk)
    found = get_object_or_404(content.papers_of(consortium), pk=document_pk)
    writing.remove_paper(found, user=request.user)
    messages.success(request, _("Document removed."))
    return redirect("filings:closing_check", pk)


@require_safe
def closing_pdf(request, pk, number=None):
    """The summary on paper: as handed in, or for the lead unit's people the draft."""
    consortium = get_visible_or_404(request.user, pk)
    summary = summary_of(consortium)
    if summary is None or not may_read_documents(request.user, consortium):
        raise Http404
    if number is not None:
        data = paper.of_submission(get_object_or_404(summary.submissions, number=number))
    elif is_of_unit(request.user, consortium.lead_unit_id):
        data = paper.of_draft(summary)
    else:
        raise Http404
    return attachment(data, "application/pdf", str(summary), ".pdf")
