from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from filings.letters import pdf_of
from filings.permissions import get_visible_or_404, may_read_documents


@require_safe
def letter(request, pk, letter_pk):
    """A letter of the bureau, for the people of the lead unit it was sent to and the officers."""
    consortium = get_visible_or_404(request.user, pk)
    if not may_read_documents(request.user, consortium):
        raise Http404
    found = get_object_or_404(consortium.letters, pk=letter_pk)
    response = HttpResponse(pdf_of(found), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{found.number}.pdf")
    return response
