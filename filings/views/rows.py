from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from filings.attachments import add_document, remove_document
from filings.confirmation import invite_members
from filings.forms.rows import (
    ChangeForm,
    DocumentForm,
    MemberForm,
    TaskForm,
    with_more_rows,
)
from filings.models import Document, KeyTask, Member
from filings.operation import report_change
from filings.permissions import (
    get_editable_or_404,
    get_of_lead_or_404,
    get_visible_or_404,
    may_read_documents,
)
from filings.refusals import Refused
from filings.sections import Section
from filings.services import (
    delete_row,
    move_row,
    save_member,
    save_task,
)
from filings.views import keeping
from filings.views.panel import comments

ROW_TEMPLATES = {Section.MEMBERS: "filings/member.html", Section.TASKS: "filings/task.html"}


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
    context = {"form": form, "consortium": consortium, "clashes": clashes}
    context |= comments(consortium, section, form) if form.instance.pk else {}
    return render(request, ROW_TEMPLATES[section], context)


def member_delete(request, pk, member_pk):
    consortium = get_editable_or_404(request.user, pk)
    found = get_object_or_404(consortium.members, pk=member_pk)
    return _delete(request, consortium, found, "members")


def task_delete(request, pk, task_pk):
    consortium = get_editable_or_404(request.user, pk)
    found = get_object_or_404(consortium.tasks, pk=task_pk)
    return _delete(request, consortium, found, "tasks")


def _delete(request, consortium, row, section):
    if request.method == "POST":
        delete_row(row, user=request.user)
        messages.success(request, _("Removed."))
        return redirect("filings:step", consortium.pk, section)
    context = {"consortium": consortium, "row": row, "section": section}
    return render(request, "filings/delete.html", context)


@require_POST
def member_move(request, pk, member_pk):
    consortium = get_editable_or_404(request.user, pk)
    return _move(request, get_object_or_404(consortium.members, pk=member_pk), Section.MEMBERS)


@require_POST
def task_move(request, pk, task_pk):
    consortium = get_editable_or_404(request.user, pk)
    return _move(request, get_object_or_404(consortium.tasks, pk=task_pk), Section.TASKS)


def _move(request, row, section):
    move_row(row, user=request.user, up=request.POST.get("way") == "up")
    return redirect("filings:step", row.consortium_id, section)


@require_POST
def invite(request, pk):
    consortium = get_editable_or_404(request.user, pk)
    asked = invite_members(consortium, user=request.user)
    messages.success(request, _("%(count)s members were asked to confirm.") % {"count": asked})
    return redirect("filings:step", pk, "members")


def task(request, pk, task_pk=None):
    """Add or edit a key task with its milestones."""
    consortium = get_editable_or_404(request.user, pk)
    row = KeyTask(consortium=consortium)
    if task_pk:
        row = get_object_or_404(consortium.tasks, pk=task_pk)
    if "add_row" in request.POST:
        form = TaskForm(with_more_rows(request.POST, "milestones"), instance=row)
        return render(request, "filings/task.html", {"form": form, "consortium": consortium})
    form = TaskForm(request.POST or None, instance=row)
    return _row(request, consortium, form, save_task, Section.TASKS)


@require_POST
def document_add(request, pk):
    consortium = get_editable_or_404(request.user, pk)
    form = DocumentForm(request.POST, request.FILES, consortium=consortium)
    if form.is_valid():
        try:
            add_document(consortium, user=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("upload", error)
        else:
            messages.success(request, _("Document added."))
            return redirect("filings:step", pk, "agreement")
    context = {"form": form, "consortium": consortium}
    return render(request, "filings/document.html", context, status=422)


@require_POST
def document_delete(request, pk, document_pk):
    consortium = get_editable_or_404(request.user, pk)
    found = get_object_or_404(consortium.documents, pk=document_pk, replaced_at__isnull=True)
    remove_document(found, user=request.user)
    messages.success(request, _("Document removed."))
    return redirect("filings:step", pk, "agreement")


@require_safe
def document(request, pk, document_pk):
    """The bytes of a document, for the lead's people and the officers, never run by a browser."""
    consortium = get_visible_or_404(request.user, pk)
    found = get_object_or_404(Document, consortium=consortium, pk=document_pk)
    if not may_read_documents(request.user, consortium):
        raise Http404
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.original_name,
        content_type="application/pdf",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def change_add(request, pk):
    """Report a change during operation."""
    consortium = get_of_lead_or_404(request.user, pk)
    asked = {name: request.GET[name] for name in ("kind", "member") if name in request.GET}
    form = ChangeForm(
        request.POST or None, request.FILES or None, consortium=consortium, initial=asked
    )
    if request.method == "POST" and form.is_valid():
        try:
            report_change(consortium, user=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        except ValidationError as error:
            form.add_error(None if hasattr(error, "error_dict") else "upload", error)
        else:
            messages.success(request, _("Change reported. Explain it in the next yearly report."))
            return redirect("filings:detail", pk)
    return render(request, "filings/change.html", {"form": form, "consortium": consortium})
