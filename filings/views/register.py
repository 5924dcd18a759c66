from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from filings.filters import RegisterFilter
from filings.models import Consortium
from filings.numbering import read
from filings.views.closing import summary_of


@login_not_required
@require_safe
def register(request):
    """What is filed, and its state as of today."""
    filed = Consortium.objects.registered().for_list().order_by("-filing_year", "-filing_serial")
    found = RegisterFilter(request.GET or None, queryset=filed)
    page = Paginator(found.qs, 20).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": found,
        "page_obj": page,
        "query": query.urlencode(),
        "today": timezone.localdate(),
    }
    return render(request, "filings/register.html", context)


@login_not_required
@require_safe
def register_entry(request, number):
    """One entry, under its number in any of the ways people write it."""
    parsed = read(number)
    if parsed is None:
        raise Http404
    consortium = get_object_or_404(
        Consortium.objects.registered().for_list(), filing_year=parsed[0], filing_serial=parsed[1]
    )
    if number != consortium.filing_number:
        return redirect("filings:register_entry", consortium.filing_number, permanent=True)
    return render(request, "filings/register_entry.html", entry_of(consortium))


def entry_of(consortium: Consortium) -> dict:
    """What the public may know of a filed consortium: units, field, term; no person."""
    return {
        "consortium": consortium,
        "state": consortium.state,
        "today": timezone.localdate(),
        "members": consortium.members.filter(left_on__isnull=True),
        "changes": consortium.changes.filter(noted_at__isnull=False),
        "granted": consortium.provincial_applications.granted(),
        "summary": summary_of(consortium),
        "successor": consortium.successors.registered().last(),
    }
