"""The pages of the seven parts: shown, saved by the button or by themselves, with findings."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from filings.eligibility.engine import Level
from filings.views import keeping
from filings.views.told import told_at
from reports.checks import findings_of
from reports.comment_pages import asked_here
from reports.correction import asked
from reports.figures import values
from reports.forms import ReportPaperForm
from reports.grids import main_grid
from reports.part_forms import PlanForm, part_form
from reports.parts import Part
from reports.permissions import get_editable_or_404
from reports.places import rows_at
from reports.prefill import complete, last_report
from reports.progress import judged, steps_of
from reports.services import ORDER, save_part

told = partial(told_at, "reports:detail")


@told
def part(request, pk, part):
    """One part: shown, or saved as far as it goes."""
    if part not in ORDER:
        raise Http404
    report = get_editable_or_404(request.user, pk)
    if request.method != "POST":
        complete(report)
    form_class, clashes = part_form(report, part), ()
    if part == Part.PLAN and (rows := keeping.other_rows(request, PlanForm)):
        return show_part(request, report, part, form=form_class(rows, instance=report))
    form = form_class(request.POST or None, instance=report)
    autosave = keeping.is_autosave(request)
    if form.is_bound and (autosave or form.is_valid()):
        saved = keeping.save(form, partial(save_part, pk, part=part), request.user)
        if autosave:
            return keeping.answer(request, form, saved, {"report": report})
        keeping.tell(request, saved)
        if not saved.clashes:
            following = ORDER.index(part) + ("next" in request.POST)
            if following < len(ORDER):
                return redirect("reports:part", pk, ORDER[following])
            return redirect("reports:detail", pk)
        report, form, clashes = saved.row, saved.form, saved.clashes
    return show_part(request, report, part, form=form, clashes=clashes)


@require_safe
def findings(request, pk, part):
    """What the checks find in a part as it is stored: asked for by its page after every save."""
    if part not in ORDER:
        raise Http404
    report = get_editable_or_404(request.user, pk)
    context = {"report": report, "part": Part(part), "swap": True}
    return render(request, "reports/_findings.html", context | _found(report, part))


def _found(report, part) -> dict:
    """The rail, and what the checks find here; how many points stand at other parts."""
    findings = findings_of(report)
    here = [finding for finding in findings if finding.step == part]
    return {
        "steps": steps_of(report, findings, part),
        "findings": [judged(report, finding) for finding in here],
        "elsewhere": sum(f.level != Level.ADVISE and f not in here for f in findings),
    }


def show_part(request, report, part, *, form=None, clashes=(), answer=None):
    """The page of a part; `form` is its own when that was sent, `answer` is one to the bureau that
    could not be kept."""
    if form is None:
        form = part_form(report, part)(instance=report)
    found = _found(report, part)
    before = last_report(report)
    context = {
        "report": report,
        "part": Part(part),
        "form": form,
        "clashes": clashes,
        **_comments(report, part, form, answer),
        "before_text": getattr(before, part) if before else "",
        "plan": before.plan if before and part == Part.TASKS else "",
        "projects": report.projects.all() if part == Part.COOPERATION else (),
        "grid": main_grid(Part(part), report.units.all(), values(report)),
        "lead_part": next((unit for unit in report.units.all() if unit.is_lead), None),
        "prefilled": part not in report.saved_parts,
        "documents": report.documents.at(part),
        "paper_form": ReportPaperForm(consortium=report.consortium, user=request.user),
    }
    return render(request, "reports/part.html", context | found)


def _comments(report, part, form, refused) -> dict:
    """What the bureau asks for in a part; its rows are read."""
    remarks = list(asked(report, part))
    rows = rows_at(report, [comment.field for comment in remarks])
    return asked_here(remarks, rows, form=form, refused=refused)
