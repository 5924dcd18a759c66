from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from filings.forms.rows import (
    ChangeForm,
    DocumentForm,
    MemberForm,
    MilestoneFormSet,
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
from filings.services import (
    add_document,
    delete_row,
    invite_members,
    move_member,
    remove_document,
    save_member,
    save_task,
)


def member(request, pk, member_pk=None):
    """Add or edit a member."""
    consortium = get_editable_or_404(request.user, pk)
    if member_pk:
        instance = get_object_or_404(consortium.members.select_related("unit"), pk=member_pk)
    else:
        instance = Member(consortium=consortium, order=consortium.members.count())
    form = MemberForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        save_member(form.save(commit=False), user=request.user)
        messages.success(request, _("Member saved."))
        return redirect("filings:step", pk, "members")
    return render(request, "filings/member.html", {"form": form, "consortium": consortium})


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
    found = get_object_or_404(consortium.members, pk=member_pk)
    move_member(found, user=request.user, up=request.POST.get("way") == "up")
    return redirect("filings:step", pk, "members")


@require_POST
def invite(request, pk):
    consortium = get_editable_or_404(request.user, pk)
    asked = invite_members(consortium, user=request.user)
    messages.success(request, _("%(count)s members were asked to confirm.") % {"count": asked})
    return redirect("filings:step", pk, "members")


def task(request, pk, task_pk=None):
    """Add or edit a key task with its milestones."""
    consortium = get_editable_or_404(request.user, pk)
    if task_pk:
        instance = get_object_or_404(consortium.tasks, pk=task_pk)
    else:
        instance = KeyTask(consortium=consortium, order=consortium.tasks.count())
    data = request.POST or None
    adding = data is not None and "add_row" in data
    if adding:
        data = with_more_rows(data, "milestones")
    form = TaskForm(data, instance=instance)
    milestones = MilestoneFormSet(data, instance=instance, prefix="milestones")
    if data and not adding and form.is_valid() and milestones.is_valid():
        save_task(form, milestones, user=request.user)
        messages.success(request, _("Key task saved."))
        return redirect("filings:step", pk, "tasks")
    context = {"form": form, "milestones": milestones, "consortium": consortium}
    return render(request, "filings/task.html", context)


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
    form = ChangeForm(request.POST or None, request.FILES or None)
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
