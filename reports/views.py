from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import is_officer
from filings.assessment import hindrances
from filings.forms.rows import JustificationForm
from filings.models import Policy
from filings.permissions import acts_for_unit, is_of_unit
from filings.refusals import Refused
from filings.workdays import workdays_left
from reports.checks import findings_of
from reports.correction import asked, open_comments
from reports.figures import compared
from reports.forms import ReportSignForm
from reports.models import AnnualReport, UnitPart
from reports.paper import pdf as as_pdf
from reports.parts import Part
from reports.permissions import (
    get_editable_or_404,
    get_of_lead_or_404,
    get_visible_or_404,
)
from reports.places import about, page_of, rows_at
from reports.prefill import last_report
from reports.progress import judged, steps_of
from reports.services import justify
from reports.states import APPLICANT_WORDS, EDITABLE, Action
from reports.submissions import changed_since
from reports.transitions import perform

MOST_PARTS = 50


@require_safe
def mine(request):
    """The reports of the consortia my units lead, what is due, and by when."""
    today = timezone.localdate()
    reports = AnnualReport.objects.filter(
        consortium__lead_unit__memberships__user=request.user
    ).for_list()
    page = Paginator(reports.distinct(), 20).get_page(request.GET.get("page"))
    rows = [_row(report, today) for report in page]
    parts = UnitPart.objects.of_people(request.user).exclude(member=None).for_list()
    context = {"page_obj": page, "rows": rows, "parts": parts.distinct()[:MOST_PARTS]}
    return render(request, "reports/mine.html", context)


def _row(report: AnnualReport, today) -> dict:
    due = None
    if report.status in EDITABLE:
        due = report.correction_due_on or report.due_on
    return {
        "report": report,
        "words": APPLICANT_WORDS[report.status],
        "due": due,
        "days": workdays_left(today, due) if due else None,
        "late": report.is_late_on(today),
    }


@require_safe
def detail(request, pk):
    """Where a report stands, what is missing, what was asked for, and the last button."""
    report = get_visible_or_404(request.user, pk)
    return _handed_in(request, report) or _show(request, report)


def _handed_in(request, report):
    """What the lead unit types while it writes or corrects is not the bureau's to see: an officer
    is led to what was handed in last."""
    if report.is_editable and not is_of_unit(request.user, report.consortium.lead_unit_id):
        return redirect("admin:reports_annualreport_change", report.pk)
    return None


def _show(request, report, sign=None):
    """The page of a report; `sign` is the statement when it could not be taken."""
    today = timezone.localdate()
    acting = acts_for_unit(request.user, report.consortium.lead_unit_id)
    leads = bool(acting)
    findings = findings_of(report) if report.is_editable else ()
    return render(
        request,
        "reports/detail.html",
        _row(report, today)
        | {
            "leads": leads,
            "why_not": "" if is_officer(request.user) else acting.reason,
            "steps": steps_of(report, findings) if leads and report.is_editable else [],
            "findings": [judged(report, finding) for finding in findings] if leads else [],
            "open": len(hindrances(findings, report.justifications, Policy.objects.in_force()))
            + open_comments(report).count(),
            "comments": _comments(report),
            "asked": set(asked(report).values_list("pk", flat=True)),
            "events": report.events.select_related("actor"),
            "parts": [(part, getattr(report, part.value)) for part in Part],
            "figures": compared(report, last_report(report)),
            "units": report.units.select_related("signed_by", "member"),
            "changed": changed_since(report),
            "submission": report.submissions.last(),
            "documents": report.documents.kept(),
            "sign": sign or ReportSignForm(initial={"version": report.version}),
        },
        status=422 if sign else 200,
    )


def _comments(report) -> list[dict]:
    """All that the bureau asked for, the latest first, each with the page to answer it on."""
    comments = report.comments.exclude(sent_at=None).order_by("-sent_at", "pk")
    rows = rows_at(report, [comment.field for comment in comments])
    return [
        {"comment": one, "about": about(one), "url": page_of(one, rows.get(one.field))}
        for one in comments
    ]


@require_POST
def justification(request, pk):
    report = get_editable_or_404(request.user, pk)
    form = JustificationForm(request.POST)
    if form.is_valid():
        justify(report.pk, user=request.user, **form.cleaned_data)
        messages.success(request, _("Justification saved."))
    else:
        messages.error(request, _("Write the justification first: at most 2,000 characters."))
    here = request.POST.get("step", "")
    if here in Part.values:
        return redirect("reports:part", pk, here)
    return redirect("reports:detail", pk)


@require_POST
def submit(request, pk):
    report = get_of_lead_or_404(request.user, pk)
    form = ReportSignForm(request.POST)
    if report.is_editable and not form.is_valid():
        return _show(request, report, sign=form)
    given = {"signed_name": form.cleaned_data["signed_name"]} if form.is_valid() else {}
    if given and report.is_editable:
        given["expected_version"] = form.cleaned_data["version"]
    return _take(request, report, Action.SUBMIT, _("Submitted. The bureau has it now."), **given)


@require_POST
def withdraw(request, pk):
    report = get_of_lead_or_404(request.user, pk)
    return _take(request, report, Action.WITHDRAW, _("Withdrawn: you can edit it again."))


def _take(request, report, action, done, **given):
    try:
        perform(report.pk, action, actor=request.user, **given)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
        if action == Action.SUBMIT:
            return redirect("reports:submission", report.pk, report.submissions.last().number)
    return redirect("reports:detail", report.pk)


@require_safe
def pdf(request, pk):
    """The report as an official print."""
    report = get_visible_or_404(request.user, pk)
    if desk := _handed_in(request, report):
        return desk
    response = HttpResponse(as_pdf(report), content_type="application/pdf")
    name = f"report-{report.call.reporting_year}-{report.pk}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
