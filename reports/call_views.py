"""The bureau's yearly notices, for everybody to read; a draft for its officers alone."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from filings.serving import pdf
from filings.workdays import workdays_left
from reports.models import AnnualReport, CallPaper, ReportCall

PER_PAGE = 10


@login_not_required
@require_safe
def calls(request):
    """The published notices, the latest year first."""
    found = ReportCall.objects.filter(published_at__isnull=False)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/calls.html", {"page_obj": page})


@login_not_required
@require_safe
def call(request, pk):
    """One notice with its attachments, and the reports of one's own units that it asks for."""
    today = timezone.localdate()
    found = get_object_or_404(ReportCall.objects.visible_to(request.user), pk=pk)
    context = {
        "call": found,
        "papers": found.papers.all(),
        "moved": found.extensions.filter(report=None),
        "days": workdays_left(today, found.due_on),
        "open": found.is_open_on(today),
        "mine": _mine(request.user, found),
    }
    return render(request, "reports/call.html", context)


def _mine(user, found: ReportCall):
    if not user.is_authenticated:
        return AnnualReport.objects.none()
    return found.reports.filter(consortium__lead_unit__memberships__user=user).for_list()


@login_not_required
@require_safe
def paper(request, pk, paper_pk):
    """The bytes of an attachment, never run by a browser."""
    visible = ReportCall.objects.visible_to(request.user)
    return pdf(get_object_or_404(CallPaper, pk=paper_pk, call=pk, call__in=visible))
