from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from filings.certificate import certificate as certificate_of
from filings.permissions import get_visible_or_404


@require_safe
def certificate(request, pk):
    """The certificate, for the units of a filed consortium and the officers."""
    consortium = get_visible_or_404(request.user, pk)
    if not consortium.is_filed:
        raise Http404
    response = HttpResponse(certificate_of(consortium), content_type="application/pdf")
    name = f"{consortium.filing_number}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
