"""The page of one unit's part of a report: filled in, signed off, or gone on without."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from filings.permissions import is_of_unit
from filings.views import keeping
from filings.views.told import told_at
from reports.comment_pages import asked_here
from reports.correction import asked
from reports.forms import ReportPaperForm
from reports.models import ReportProject, UnitPart
from reports.parts import Part
from reports.permissions import (
    get_editable_or_404,
    get_open_unit_or_404,
    get_project_or_404,
    get_unit_or_404,
    get_visible_or_404,
    may_edit,
    may_edit_unit,
    may_sign,
    may_skip,
)
from reports.places import place_of
from reports.unit_forms import (
    LeadsProjectForm,
    ProjectForm,
    SignOffForm,
    SkipForm,
    UnitPartForm,
)
from reports.unit_services import (
    ask_units,
    delete_project,
    digest_of,
    save_project,
    save_unit,
    sign_unit,
    skip_unit,
)

told = partial(told_at, "reports:own")


@require_safe
def own(request, pk):
    """The part of a report that concerns this person: a member's own, or the whole."""
    parts = UnitPart.objects.of_people(request.user).filter(report=pk, member__isnull=False)
    part = parts.first()
    if part is None:
        return redirect("reports:detail", get_visible_or_404(request.user, pk).pk)
    return redirect("reports:unit", pk, part.pk)


@told
def unit(request, pk, part_pk):
    """One unit's part: shown, saved by its button, or saved by itself."""
    part = get_unit_or_404(request.user, pk, part_pk)
    if request.method == "POST" and not may_edit_unit(request.user, part):
        raise Http404
    form, clashes = UnitPartForm(request.POST or None, instance=part), ()
    autosave = keeping.is_autosave(request)
    if form.is_bound and (autosave or form.is_valid()):
        saved = keeping.save(form, partial(save_unit, part), request.user)
        if autosave:
            return keeping.answer(request, form, saved, {"part": part})
        keeping.tell(request, saved)
        if not saved.clashes:
            return redirect("reports:unit", pk, part_pk)
        form, clashes = saved.form, saved.clashes
    return show_unit(request, part, form=form, clashes=clashes)


def show_unit(request, part, *, form=None, clashes=(), sign=None, skip=None, answer=None):
    """The page of a unit's part; `sign`, `skip` or `answer`, one to the bureau, could not be
    kept."""
    user = request.user
    may = may_edit_unit(user, part)
    projects = list(part.report.projects.filter(unit=part.unit_id).prefetch_related("partners"))
    sign = sign or SignOffForm(initial={"shown": digest_of(part)}, auto_id="id_sign_%s")
    context = {
        "report": part.report,
        "part": part,
        "form": form or UnitPartForm(instance=part),
        "clashes": clashes,
        "may_edit": may,
        "projects": projects,
        "documents": part.documents,
        "paper_form": ReportPaperForm(consortium=part.report.consortium, user=user),
        "sign": sign if may_sign(user, part) else None,
        "skip": (skip or SkipForm(initial={"reason": part.skipped_reason}, auto_id="id_skip_%s"))
        if may_skip(user, part)
        else None,
        "leads": is_of_unit(user, part.report.consortium.lead_unit_id),
        **_comments(user, part.report, [part, *projects], answer),
    }
    refused = any(bound and bound.is_bound for bound in (sign, skip))
    return render(request, "reports/unit.html", context, status=422 if refused else 200)


def _comments(user, report, rows, refused) -> dict:
    """What the bureau asks for about the first of some rows, whose page it is, and the others. Its
    people read it; the lead unit answers."""
    placed = {place_of(row): row for row in rows if row.pk}
    return asked_here(
        asked(report).filter(field__in=placed),
        placed,
        page=rows[0],
        refused=refused,
        answers=bool(may_edit(user, report)),
    )


@require_POST
@told
def sign(request, pk, part_pk):
    part = get_unit_or_404(request.user, pk, part_pk)
    if not may_sign(request.user, part):
        raise Http404
    form = SignOffForm(request.POST, auto_id="id_sign_%s")
    if not form.is_valid():
        return show_unit(request, part, sign=form)
    sign_unit(part, user=request.user, **form.cleaned_data)
    messages.success(request, _("Signed off. The lead unit sees it."))
    return redirect("reports:unit", pk, part_pk)


@require_POST
@told
def skip(request, pk, part_pk):
    part = get_unit_or_404(request.user, pk, part_pk)
    if not may_skip(request.user, part):
        raise Http404
    form = SkipForm(request.POST, auto_id="id_skip_%s")
    if not form.is_valid():
        return show_unit(request, part, skip=form)
    skip_unit(part, user=request.user, **form.cleaned_data)
    messages.success(request, _("The report goes on without this unit's sign-off."))
    return redirect("reports:unit", pk, part_pk)


@require_POST
def ask(request, pk):
    """Remind the members that have not signed off."""
    count = ask_units(get_editable_or_404(request.user, pk))
    messages.success(request, _("%(count)s units were asked to sign off.") % {"count": count})
    return redirect("reports:detail", pk)


@told
def project_add(request, pk, part_pk):
    """A new project in the charge of a unit."""
    part = get_open_unit_or_404(request.user, pk, part_pk)
    row = ReportProject(report=part.report, unit=part.unit, stage=ReportProject.Stage.RUNNING)
    return _project(request, row, bool(may_edit(request.user, part.report)))


@told
def project(request, pk, project_pk):
    """A project: shown, saved by its button, or saved by itself."""
    return _project(request, *get_project_or_404(request.user, pk, project_pk))


def _project(request, row, leads):
    form_class, clashes = LeadsProjectForm if leads else ProjectForm, ()
    form = form_class(request.POST or None, instance=row)
    autosave = keeping.is_autosave(request) and row.pk
    if form.is_bound and (autosave or form.is_valid()):
        saved = keeping.save(form, partial(save_project, row), request.user)
        if autosave:
            return keeping.answer(request, form, saved, {"report": row.report})
        keeping.tell(request, saved)
        if not saved.clashes:
            return redirect(_page_of(row, leads))
        form, clashes = saved.form, saved.clashes
    return show_project(request, row, leads, form=form, clashes=clashes)


def show_project(request, row, leads, *, form=None, clashes=(), answer=None):
    """The page of a project; `answer` is one to the bureau that could not be kept."""
    context = {
        "report": row.report,
        "form": form or (LeadsProjectForm if leads else ProjectForm)(instance=row),
        "clashes": clashes,
        "back": _page_of(row, leads),
        **_comments(request.user, row.report, [row], answer),
    }
    return render(request, "reports/project.html", context)


def _page_of(row: ReportProject, leads: bool) -> str:
    """Where the projects stand: for the lead all of them, for a member its own."""
    if leads:
        return reverse("reports:part", args=[row.report_id, Part.COOPERATION]) + "#projects"
    part = row.report.units.get(unit=row.unit_id)
    return reverse("reports:unit", args=[row.report_id, part.pk])


@told
def project_delete(request, pk, project_pk):
    row, leads = get_project_or_404(request.user, pk, project_pk)
    back = _page_of(row, leads)
    if request.method == "POST":
        delete_project(row, user=request.user)
        messages.success(request, _("Removed."))
        return redirect(back)
    context = {"report": row.report, "row": row, "back": back}
    return render(request, "reports/project_delete.html", context)
