"""Changes during operation on the portal: begun, filled in step by step, asked, reported (5.3)."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from filings import change_editing, change_transitions
from filings.as_of import as_of, proposed
from filings.change_confirmation import answer_change
from filings.change_content import differences, parties, row_of
from filings.change_findings import ALL_RULES
from filings.change_states import APPLICANT_WORDS, ChangeAction, ChangeStatus
from filings.deadlines import note_due_on
from filings.forms.changes import (
    CONTENT_FORMS,
    AgreementFileForm,
    BeginForm,
    SignaturesForm,
    WordsForm,
)
from filings.forms.rows import DisputeForm, JustificationForm
from filings.models import Change, ChangeKind, Confirmation, Member, Policy
from filings.permissions import (
    TAKES_PAPERS,
    acts_for_unit,
    get_change_or_404,
    get_of_lead_or_404,
    get_own_change_or_404,
    is_of_unit,
)
from filings.refusals import Refused
from filings.standing import promised
from filings.views import keeping
from filings.views.attaching import attach
from filings.views.change_panel import STEPS, panel
from filings.views.told import told

DONE = {
    ChangeAction.ASK: gettext_lazy("The units concerned are asked to confirm."),
    ChangeAction.REOPEN: gettext_lazy("You can edit the change again."),
    ChangeAction.REPORT: gettext_lazy("Change reported. Explain it in the next yearly report."),
    ChangeAction.WITHDRAW: gettext_lazy("The report is withdrawn: you can edit the change again."),
    ChangeAction.DROP: gettext_lazy("The change was given up."),
}


def change_add(request, pk):
    """Begin a change: which kind, and of which member."""
    consortium = get_of_lead_or_404(request.user, pk)
    asked = {name: request.GET[name] for name in ("kind", "member") if name in request.GET}
    members = as_of(consortium).members.all()
    form = BeginForm(request.POST or None, members=members, initial=asked)
    if form.is_bound and form.is_valid():
        try:
            change = change_editing.begin(consortium, user=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            step = "why" if change.kind == ChangeKind.LEAVE else "what"
            return redirect("filings:change_step", pk, change.pk, step)
    return render(request, "filings/change_add.html", {"form": form, "consortium": consortium})


@require_safe
def change(request, pk, change_pk):
    """A change with all that belongs to it, as each of its readers may see it."""
    return show(request, get_change_or_404(request.user, pk, change_pk))


def show(request, found: Change, *, status: int = 200, refused=None, dispute=None):
    """The page of a change; `refused` and `dispute` are forms that could not be kept."""
    consortium = found.consortium
    leads = is_of_unit(request.user, consortium.lead_unit_id)
    acting = acts_for_unit(request.user, consortium.lead_unit_id)
    context = {
        "change": found,
        "consortium": consortium,
        "leads": leads,
        "acts": bool(acting),
        "why_not": acting.reason if leads else "",
        "words": APPLICANT_WORDS[ChangeStatus(found.status)],
        "promise": _promise(found) if leads else "",
        "actions": change_transitions.actions_for(request.user, found) if leads else [],
        "differences": differences(found),
        "signed": [m.name for m in parties(found) if m.pk in found.signed_members],
        "confirmations": found.confirmations.select_related("member"),
        "mine": _to_answer(request.user, found),
        "dispute": dispute or DisputeForm(),
        "events": consortium.events.filter(data__change=found.pk).select_related("actor"),
    }
    if acting and found.status in TAKES_PAPERS:
        context |= panel(found, refused=refused)
    return render(request, "filings/change.html", context, status=status)


def _promise(found: Change) -> str:
    """By when the bureau acts, where the change waits for it."""
    if found.status != ChangeStatus.REPORTED:
        return ""
    today = timezone.localdate()
    return promised(note_due_on(found, Policy.objects.in_force(today)), today)


def _to_answer(user, found: Change):
    """The member row that `user` answers for, while it is asked."""
    if found.status != ChangeStatus.AWAITING:
        return None
    mine = Member.objects.edited_by(user)
    return found.confirmations.filter(member__in=mine).select_related("member").first()


@told
def change_step(request, pk, change_pk, step):
    """One step of a change: shown, saved by its button, or saved by itself."""
    found = get_own_change_or_404(request.user, pk, change_pk)
    form_class, service, instance = _form_of(found, step)
    form = form_class(request.POST or None, instance=instance)
    clashes = []
    autosave = keeping.is_autosave(request) and instance.pk
    if form.is_bound and (autosave or form.is_valid()):
        if found.kind == ChangeKind.JOIN and step == "what":
            form.is_valid()
            service = partial(service, tasks=form.cleaned_data.get("tasks"))
        saved = keeping.save(form, service, request.user)
        if autosave:
            return keeping.answer(request, form, saved, {"consortium": found.consortium})
        keeping.tell(request, saved)
        if not saved.clashes:
            return _onward(request, found, step)
        form, clashes = saved.form, saved.clashes
    context = panel(found, step) | {"form": form, "clashes": clashes, "step": step}
    if step == "agreement":
        context["file_form"] = AgreementFileForm(consortium=found.consortium, user=request.user)
    return render(request, "filings/change_step.html", context)


def _form_of(found: Change, step: str):
    """The form of a step, the service that writes it, and what it is about."""
    statuses = TAKES_PAPERS if step == "agreement" else change_editing.CHANGE_EDITABLE
    if step not in STEPS or found.status not in statuses:
        raise Http404
    if step == "why":
        return WordsForm, partial(change_editing.save_words, found), found
    if step == "agreement":
        return SignaturesForm, partial(change_editing.save_signatures, found), found
    if found.kind == ChangeKind.LEAVE:
        raise Http404
    if found.kind == ChangeKind.JOIN:
        row = found.member or Member(joined_by=found)
        row.consortium = found.consortium
        return CONTENT_FORMS[found.kind], partial(change_editing.save_joiner, found), row
    row = row_of(proposed(found), found)
    if row is None:
        raise Http404
    return CONTENT_FORMS[found.kind], partial(change_editing.save_content, found), row


def _onward(request, found: Change, step: str):
    if "next" not in request.POST:
        return redirect("filings:change_step", found.consortium_id, found.pk, step)
    following = STEPS[STEPS.index(step) + 1 :]
    if following:
        return redirect("filings:change_step", found.consortium_id, found.pk, following[0])
    return redirect("filings:change", found.consortium_id, found.pk)


@require_POST
def change_paper(request, pk, change_pk):
    """Attach the supplementary agreement, signed by all units concerned."""
    found = get_own_change_or_404(request.user, pk, change_pk)
    if found.status not in TAKES_PAPERS:
        raise Http404
    form = AgreementFileForm(
        request.POST, request.FILES, consortium=found.consortium, user=request.user
    )

    def write(file):
        change_editing.attach_agreement(found, user=request.user, upload=file)

    if attach(form, write):
        messages.success(request, _("Document added."))
        return redirect("filings:change_step", pk, change_pk, "agreement")
    context = panel(found, "agreement") | {
        "form": SignaturesForm(instance=found),
        "file_form": form,
        "step": "agreement",
    }
    return render(request, "filings/change_step.html", context, status=422)


@require_POST
@told
def change_justify(request, pk, change_pk):
    """Keep the reason for one warning."""
    found = get_own_change_or_404(request.user, pk, change_pk)
    rule = request.POST.get("rule")
    if rule not in ALL_RULES:
        raise Http404
    form = JustificationForm(request.POST, auto_id=f"id_{rule}_%s")
    if not form.is_valid():
        messages.error(request, _("Write the justification first: at most 2,000 characters."))
        return show(request, found, status=422, refused=form)
    change_editing.justify(found, user=request.user, **form.cleaned_data)
    messages.success(request, _("Justification saved."))
    return redirect("filings:change", pk, change_pk)


@require_POST
def change_move(request, pk, change_pk):
    """Take one of the lead unit's moves."""
    found = get_own_change_or_404(request.user, pk, change_pk)
    action = request.POST.get("action")
    if action not in DONE:
        raise Http404
    try:
        version = int(request.POST.get("version", ""))
    except ValueError:
        version = None
    try:
        change_transitions.perform(found.pk, action, actor=request.user, expected_version=version)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, DONE[ChangeAction(action)])
    if action == ChangeAction.DROP:
        return redirect("filings:detail", pk)
    return redirect("filings:change", pk, change_pk)


@require_POST
def change_answer(request, pk, change_pk):
    """A member that the change concerns confirms or disputes it."""
    found = get_change_or_404(request.user, pk, change_pk)
    row = _to_answer(request.user, found)
    if row is None:
        raise Http404
    dispute = DisputeForm(request.POST if "dispute" in request.POST else None)
    if "dispute" in request.POST and not dispute.is_valid():
        return show(request, found, status=422, dispute=dispute)
    answer = Confirmation.DISPUTED if dispute.is_bound else Confirmation.CONFIRMED
    reason = dispute.cleaned_data["reason"] if dispute.is_bound else ""
    try:
        seen = request.POST.get("digest", "")
        answer_change(row, user=request.user, seen=seen, answer=answer, reason=reason)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The lead unit is told. There is nothing more to do now."))
    return redirect("filings:change", pk, change_pk)
