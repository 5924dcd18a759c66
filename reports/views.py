from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import is_officer
from filings.assessment import hindrances
from filings.eligibility.engine import Level
from filings.forms.rows import JustificationForm, with_more_rows
from filings.models import Policy
from filings.permissions import acts_for_unit
from filings.progress import WORDS
from filings.refusals import Conflict, Refused
from filings.views.panel import placed
from filings.workdays import workdays_left
from reports.checks import findings_of
from reports.comment_forms import about
from reports.correction import asked, open_comments
from reports.figures import compared
from reports.forms import FORMSETS, GROWING, ReportPaperForm, ReportSignForm, part_form
from reports.models import AnnualReport, UnitPart
from reports.paper import pdf as as_pdf
from reports.parts import Part
from reports.permissions import (
    get_editable_or_404,
    get_of_lead_or_404,
    get_visible_or_404,
)
from reports.prefill import complete, last_report
from reports.services import justify, save_part
from reports.states import APPLICANT_WORDS, EDITABLE, Action
from reports.submissions import changed_since
from reports.transitions import perform

ORDER = [part.value for part in Part]
MOST_PARTS = 50


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    url: str
    state: str
    current: bool

    @property
    def state_label(self) -> str:
        return WORDS[self.state]


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
    return _show(request, get_visible_or_404(request.user, pk))


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
            "steps": _steps(report, findings, "") if leads and report.is_editable else [],
            "findings": [_judged(report, finding) for finding in findings] if leads else [],
            "open": len(hindrances(findings, report.justifications, Policy.objects.in_force()))
            + open_comments(report).count(),
            "comments": [
                {"comment": comment, "about": about(comment)}
                for comment in report.comments.exclude(sent_at=None).order_by("-sent_at", "pk")
            ],
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


def _judged(report, finding) -> dict:
    form = None
    if finding.level == Level.WARN:
        text = report.justifications.get(finding.rule, "")
        form = JustificationForm(
            initial={"rule": finding.rule, "text": text}, auto_id=f"id_{finding.rule}_%s"
        )
    return {
        "finding": finding,
        "form": form,
        "url": _where(report, finding),
    }


def _where(report: AnnualReport, finding) -> str:
    """The page that mends it: the unit's own, or that of the part."""
    if unit := finding.evidence.get("unit"):
        return reverse("reports:unit", args=[report.pk, unit])
    return reverse("reports:part", args=[report.pk, finding.step])


def _steps(report: AnnualReport, findings, current: str) -> list[Step]:
    blocked = {f.step for f in findings if f.level == Level.BLOCK}
    steps = []
    for part in Part:
        if part.value in blocked:
            state = "findings" if part.value in report.saved_parts else "empty"
        else:
            state = "complete" if part.value in report.saved_parts else "in_work"
        url = reverse("reports:part", args=[report.pk, part.value])
        steps.append(Step(part.label, url, state, part == current))
    return steps


def part(request, pk, part):
    """One part: shown, or saved as far as it goes."""
    if part not in ORDER:
        raise Http404
    report = get_editable_or_404(request.user, pk)
    complete(report)
    data = request.POST or None
    adding = data is not None and "add_row" in data
    if adding:
        data = with_more_rows(data, "rows", 1)
    form = part_form(part)(data, instance=report)
    rows = FORMSETS[part](data, instance=report, prefix="rows") if part in FORMSETS else None
    valid = data and not adding and form.is_valid() and (rows is None or rows.is_valid())
    if valid and _saved(request, report, part, form, rows):
        following = ORDER.index(part) + ("next" in request.POST)
        if following < len(ORDER):
            return redirect("reports:part", pk, ORDER[following])
        return redirect("reports:detail", pk)
    return show_part(request, report, part, form=form, rows=rows)


def show_part(request, report, part, *, form=None, rows=None, answer=None):
    """The page of a part; `form` and `rows` are its own when they were made, `answer` is one to
    the bureau that could not be kept."""
    if form is None:
        form = part_form(part)(instance=report)
        rows = FORMSETS[part](instance=report, prefix="rows") if part in FORMSETS else None
    findings = findings_of(report)
    before = last_report(report)
    return render(
        request,
        "reports/part.html",
        {
            "report": report,
            "part": Part(part),
            "form": form,
            "rows": rows,
            "growing": part in GROWING,
            "steps": _steps(report, findings, part),
            "findings": [f for f in findings if f.step == part],
            **_comments(report, part, form, answer),
            "before": before,
            "before_text": getattr(before, part) if before else "",
            "plan": before.plan if before and part == Part.TASKS else "",
            "prefilled": part not in report.saved_parts,
            "documents": report.documents.kept().filter(part=part),
            "paper_form": ReportPaperForm(consortium=report.consortium, user=request.user),
        },
    )


def _comments(report, part, form, refused) -> dict:
    """What the bureau asks for in a part, each at its field; above, those on the rows or whole."""
    found = placed(asked(report, part), form, refused)
    for item in found["comments"]:
        item["about"] = about(item["comment"])
    return found


def _saved(request, report, part, form, rows) -> bool:
    fields = {name: form.cleaned_data[name] for name in form._meta.fields}
    try:
        save_part(
            report.pk,
            user=request.user,
            part=part,
            fields=fields,
            rows=rows,
            expected_version=form.cleaned_data["version"],
        )
    except Conflict as conflict:
        fresh = AnnualReport.objects.get(pk=report.pk)
        form.data = form.data.copy()
        form.data["version"] = str(fresh.version)
        form.add_error(None, conflict.message)
        return False
    messages.success(request, _("Saved."))
    return True


@require_POST
def justification(request, pk):
    report = get_editable_or_404(request.user, pk)
    form = JustificationForm(request.POST)
    if form.is_valid():
        justify(report.pk, user=request.user, **form.cleaned_data)
        messages.success(request, _("Justification saved."))
    else:
        messages.error(request, _("Write the justification first: at most 2,000 characters."))
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
    response = HttpResponse(as_pdf(report), content_type="application/pdf")
    name = f"report-{report.call.reporting_year}-{report.pk}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
