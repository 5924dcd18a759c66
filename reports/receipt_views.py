"""What was handed in of a report, as a page and as a receipt to keep."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.models import AnnualReport, ReportSubmission
from reports.permissions import get_visible_or_404
from reports.receipt import receipt as receipt_of
from reports.snapshot import compare
from reports.states import APPLICANT_WORDS


def _found_or_404(request, pk: int, number: int) -> tuple[AnnualReport, ReportSubmission]:
    report = get_visible_or_404(request.user, pk)
    submissions = report.submissions.select_related("submitted_by")
    return report, get_object_or_404(submissions, number=number)


@require_safe
def submission(request, pk, number):
    """A receipt: what was handed in and signed, when, and where the report stands now."""
    report, found = _found_or_404(request, pk, number)
    before = report.submissions.filter(number__lt=number).last()
    context = {
        "report": report,
        "submission": found,
        "is_latest": found.is_latest,
        "words": APPLICANT_WORDS[report.status],
        "changed": compare(before.content, found.content) if before else [],
    }
    return render(request, "reports/submission.html", context)


@require_safe
def receipt(request, pk, number):
    """The receipt as PDF."""
    report, found = _found_or_404(request, pk, number)
    response = HttpResponse(receipt_of(found), content_type="application/pdf")
    name = _("Receipt %(number)s of the report of %(name)s on %(year)s") % {
        "number": number,
        "name": report.consortium.name,
        "year": report.call.reporting_year,
    }
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    return response
