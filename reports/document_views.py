"""The papers of a report: attached at its parts, opened by those who may read it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audit.reading import record_read
from filings.serving import framed, pdf
from filings.views.attaching import attach
from filings.views.told import told_at
from reports import permissions
from reports.documents import add_document, remove_document
from reports.forms import ReportPaperForm
from reports.models import ReportDocument
from reports.parts import Part

told = partial(told_at, "reports:detail")


@require_POST
@told
def add(request, pk, part):
    """Attach a paper to a part; a form that is not right comes back on a page of its own."""
    if part not in Part.values:
        raise Http404
    report = permissions.get_editable_or_404(request.user, pk)
    form = ReportPaperForm(
        request.POST, request.FILES, consortium=report.consortium, user=request.user
    )
    if attach(form, partial(_write, request.user, report.pk, part)):
        messages.success(request, _("Document added."))
        return redirect("reports:part", pk, part)
    context = {"report": report, "part": Part(part), "paper_form": form}
    return render(request, "reports/document_add.html", context, status=422)


def _write(user, pk: int, part: str, upload) -> None:
    add_document(pk, user=user, part=part, upload=upload)


@require_safe
def document(request, pk, document_pk):
    """The bytes of a paper, never run by a browser."""
    return pdf(_opened_or_404(request.user, pk, document_pk))


@require_safe
def inline(request, pk, document_pk):
    """The same for the frame of the bureau's page of the report."""
    return framed(_opened_or_404(request.user, pk, document_pk))


def _opened_or_404(user, pk: int, document_pk: int) -> ReportDocument:
    """The paper, with a trace of who opened it."""
    found = permissions.get_document_or_404(user, pk, document_pk)
    about = {"report_id": pk, "original_name": found.original_name, "sha256": found.sha256}
    record_read(found._meta.db_table, found.pk, **about)
    return found


@require_POST
@told
def remove(request, pk, document_pk):
    report = permissions.get_editable_or_404(request.user, pk)
    found = get_object_or_404(report.documents, pk=document_pk)
    remove_document(found, user=request.user)
    messages.success(request, _("Document removed."))
    return redirect("reports:part", pk, found.part)
