from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from filings.attachments import add_document, remove_document, replace_document, versions_of
from filings.forms.documents import DocumentForm, FileForm
from filings.models import Document
from filings.permissions import (
    acts_for_unit,
    get_editable_or_404,
    get_visible_or_404,
    may_read_document,
)
from filings.reading import opened
from filings.refusals import Refused
from filings.serving import framed, pdf
from filings.views.attaching import attach
from filings.views.panel import countdown


@require_POST
def add(request, pk):
    consortium = get_editable_or_404(request.user, pk)
    form = DocumentForm(request.POST, request.FILES, consortium=consortium, user=request.user)

    def write(file):
        chosen = {name: form.cleaned_data[name] for name in ("kind", "member")}
        add_document(consortium, user=request.user, upload=file, **chosen)

    if attach(form, write):
        messages.success(request, _("Document added."))
        return redirect("filings:step", pk, "agreement")
    context = countdown(consortium) | {"form": form}
    return render(request, "filings/document_add.html", context, status=422)


@require_POST
def delete(request, pk, document_pk):
    consortium = get_editable_or_404(request.user, pk)
    found = get_object_or_404(consortium.documents, pk=document_pk, replaced_at__isnull=True)
    try:
        remove_document(found, user=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Document removed."))
    return redirect("filings:step", pk, "agreement")


@require_safe
def document(request, pk, document_pk):
    """The bytes of a document, never run by a browser."""
    found = _readable_or_404(request.user, pk, document_pk)
    opened(found)
    return pdf(found)


def page(request, pk, document_pk):
    """A document in its page, with its versions; the lead puts a newer one in its place."""
    found = _readable_or_404(request.user, pk, document_pk)
    consortium = found.consortium
    acts = acts_for_unit(request.user, consortium.lead_unit_id)
    may_replace = acts and consortium.is_editable and found.replaced_at is None
    if request.method == "POST" and not may_replace:
        raise Http404
    form = FileForm(
        request.POST or None, request.FILES or None, consortium=consortium, user=request.user
    )

    def write(file):
        return replace_document(found, user=request.user, upload=file)

    if form.is_bound and attach(form, write):
        messages.success(request, _("The newer version is in its place."))
        return redirect("filings:document_view", pk, found.replaced_by.pk)
    context = {
        "consortium": consortium,
        "document": found,
        "versions": versions_of(found),
        "form": form if may_replace else None,
        "acts": bool(acts),
    }
    return render(request, "filings/document.html", context, status=422 if form.is_bound else 200)


@require_safe
def inline(request, pk, document_pk):
    """The bytes of a document for the frame of its page, and for no other site's."""
    found = _readable_or_404(request.user, pk, document_pk)
    opened(found)
    return framed(found)


def _readable_or_404(user, pk: int, document_pk: int) -> Document:
    consortium = get_visible_or_404(user, pk)
    papers = consortium.documents.select_related("member", "uploaded_by")
    found = get_object_or_404(papers, pk=document_pk)
    found.consortium = consortium
    if not may_read_document(user, found):
        raise Http404
    return found
