from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from filings.forms.provincial import ProvincialForm
from filings.permissions import get_visible_or_404, is_of_unit, may_report_provincial
from filings.provincial import report
from filings.views.attaching import attach


def provincial(request, pk, application_pk=None):
    """The applications for a provincial consortium (clause 2): read by the lead unit's people,
    reported by those who act for it, and of each later how it came out."""
    consortium = get_visible_or_404(request.user, pk)
    if not consortium.is_filed or not is_of_unit(request.user, consortium.lead_unit_id):
        raise Http404
    applications = consortium.provincial_applications.select_related("document")
    found = get_object_or_404(applications, pk=application_pk) if application_pk else None
    may = may_report_provincial(request.user, consortium)
    if not may and (found or request.method == "POST"):
        raise Http404
    form = ProvincialForm(
        request.POST or None,
        request.FILES or None,
        consortium=consortium,
        user=request.user,
        instance=found,
    )

    def write(file):
        report(consortium, user=request.user, said=form.said, upload=file, application=found)

    if form.is_bound and attach(form, write):
        messages.success(request, _("Reported. The bureau checks it and then counts it."))
        return redirect("filings:provincial", pk)
    context = {
        "consortium": consortium,
        "applications": applications,
        "found": found,
        "form": form if may and not (found and found.is_settled) else None,
        "may": may,
    }
    return render(request, "filings/provincial.html", context, status=422 if form.is_bound else 200)
