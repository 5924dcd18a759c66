from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings.confirmation import invite_members
from filings.forms.rows import MemberForm, TaskForm
from filings.models import KeyTask, Member
from filings.permissions import get_editable_or_404
from filings.sections import Section
from filings.services import (
    delete_row,
    move_row,
    save_member,
    save_task,
)
from filings.views import keeping
from filings.views.panel import comments, countdown
from filings.views.told import told

ROW_TEMPLATES = {Section.MEMBERS: "filings/member.html", Section.TASKS: "filings/task.html"}


@told
def member(request, pk, member_pk=None):
    """Add or edit a member."""
    consortium = get_editable_or_404(request.user, pk)
    row = Member(consortium=consortium)
    if member_pk:
        row = get_object_or_404(consortium.members.select_related("unit"), pk=member_pk)
    form = MemberForm(request.POST or None, instance=row)
    return _row(request, consortium, form, save_member, Section.MEMBERS)


def _row(request, consortium, form, service, section):
    """One member or key task: shown, saved by its button, or saved by itself once it is stored."""
    clashes = []
    autosave = keeping.is_autosave(request) and form.instance.pk
    if form.is_bound and (autosave or form.is_valid()):
        saved = keeping.save(form, partial(service, form.instance), request.user)
        if autosave:
            return keeping.answer(request, form, saved, {"consortium": consortium})
        keeping.tell(request, saved)
        if not saved.clashes:
            return redirect("filings:step", consortium.pk, section)
        form, clashes = saved.form, saved.clashes
    return _show_row(request, consortium, form, section, clashes)


def _show_row(request, consortium, form, section, clashes=()):
    context = countdown(consortium) | comments(consortium, section, form)
    context |= {"form": form, "clashes": clashes, "section": section}
    return render(request, ROW_TEMPLATES[section], context)


@told
def member_delete(request, pk, member_pk):
    consortium = get_editable_or_404(request.user, pk)
    found = get_object_or_404(consortium.members, pk=member_pk)
    return _delete(request, consortium, found, "members")


@told
def task_delete(request, pk, task_pk):
    consortium = get_editable_or_404(request.user, pk)
    found = get_object_or_404(consortium.tasks, pk=task_pk)
    return _delete(request, consortium, found, "tasks")


def _delete(request, consortium, row, section):
    if request.method == "POST":
        delete_row(row, user=request.user)
        messages.success(request, _("Removed."))
        return redirect("filings:step", consortium.pk, section)
    context = countdown(consortium) | {"row": row, "section": section}
    return render(request, "filings/delete.html", context)


@require_POST
@told
def member_move(request, pk, member_pk):
    consortium = get_editable_or_404(request.user, pk)
    return _move(request, get_object_or_404(consortium.members, pk=member_pk), Section.MEMBERS)


@require_POST
@told
def task_move(request, pk, task_pk):
    consortium = get_editable_or_404(request.user, pk)
    return _move(request, get_object_or_404(consortium.tasks, pk=task_pk), Section.TASKS)


def _move(request, row, section):
    move_row(row, user=request.user, up=request.POST.get("way") == "up")
    return redirect("filings:step", row.consortium_id, section)


@require_POST
@told
def invite(request, pk):
    consortium = get_editable_or_404(request.user, pk)
    asked = invite_members(consortium, user=request.user)
    messages.success(request, _("%(count)s members were asked to confirm.") % {"count": asked})
    return redirect("filings:step", pk, "members")


@told
def task(request, pk, task_pk=None):
    """Add or edit a key task with its milestones."""
    consortium = get_editable_or_404(request.user, pk)
    row = KeyTask(consortium=consortium)
    if task_pk:
        row = get_object_or_404(consortium.tasks, pk=task_pk)
    if other_rows := keeping.other_rows(request, TaskForm):
        form = TaskForm(other_rows, instance=row)
        return _show_row(request, consortium, form, Section.TASKS)
    form = TaskForm(request.POST or None, instance=row)
    return _row(request, consortium, form, save_task, Section.TASKS)
