"""The papers of a report: attached at its parts and by its units, opened by those who may read."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audit.reading import record_read
from filings.permissions import is_of_unit
from filings.serving import framed, pdf
from filings.views.attaching import attach
from filings.views.told import told_at
from reports import permissions
from reports.documents import add_document, remove_document
from reports.forms import ReportPaperForm
from reports.models import AnnualReport, ReportDocument
from reports.parts import Part

told = partial(told_at, "reports:own")


@require_POST
def add(request, pk, part):
    """Attach a paper of the lead's to a part."""
    if part not in Part.values:
        raise Http404
    report = permissions.get_editable_or_404(request.user, pk)
    return _add(request, report, Part(part).label, part=part)


@require_POST
def unit_add(request, pk, part_pk):
    """Attach a paper to what a unit says of its year."""
    part = permissions.get_open_unit_or_404(request.user, pk, part_pk)
    return _add(request, part.report, part.name, part=Part.COOPERATION, unit_id=part.unit_id)


def _add(request, report: AnnualReport, title: str, **place):
    """Attach a paper at a place; a form that is not right comes back on a page of its own."""
    user, page = request.user, _page_of(report, **place)
    form = ReportPaperForm(request.POST, request.FILES, consortium=report.consortium, user=user)
    if attach(form, lambda file: add_document(report.pk, user=user, upload=file, **place)):
        messages.success(request, _("Document added."))
        return redirect(page)
    leads = is_of_unit(user, report.consortium.lead_unit_id)
    context = {"report": report, "title": title, "page": page, "leads": leads, "paper_form": form}
    return render(request, "reports/document_add.html", context, status=422)


def _page_of(report: AnnualReport, part: str, unit_id: int | None = None) -> str:
    """Where the papers of a place stand."""
    if unit_id:
        return report.units.get(unit=unit_id).get_absolute_url()
    return reverse("reports:part", args=[report.pk, part])


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
    """Take a paper out, whosever it is."""
    found = permissions.get_open_document_or_404(request.user, pk, document_pk)
    remove_document(found, user=request.user)
    messages.success(request, _("Document removed."))
    return redirect(_page_of(found.report, found.part, found.unit_id))
