from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings.assessment import findings_of, hindrances, justifications_of
from filings.eligibility.engine import Level
from filings.eligibility.facts import Thresholds
from filings.eligibility.priority import priority_index
from filings.facts import lead_of
from filings.forms.rows import AnswerForm, DocumentForm, JustificationForm
from filings.forms.sections import SECTION_FORMS
from filings.models import Policy
from filings.permissions import get_editable_or_404
from filings.progress import steps_of
from filings.refusals import Conflict
from filings.sections import Section
from filings.services import answer_comment, justify, save_content, sign_members

ORDER = [section.value for section in Section]


def step(request, pk, section):
    """One step of the wizard: shown, or saved as far as it goes."""
    if section not in ORDER:
        raise Http404
    consortium = get_editable_or_404(request.user, pk)
    form_class = SECTION_FORMS.get(section)
    form = form_class and form_class(request.POST or None, instance=consortium)
    stored = None
    if request.method == "POST" and form and form.is_valid():
        try:
            _save(request.user, consortium, form)
        except Conflict as conflict:
            # What was typed stays in the form; what the other one saved stands beside it.
            messages.error(request, conflict.message)
            form, stored = _compared(request, form_class, pk)
        else:
            messages.success(request, _("Saved."))
            following = ORDER.index(section) + ("next" in request.POST)
            if following < len(ORDER):
                return redirect("filings:step", pk, ORDER[following])
            return redirect("filings:check", pk)
    context = panel(consortium, section) | {"form": form, "section": Section(section)}
    if section == Section.MEMBERS:
        context["members"] = consortium.members.select_related("unit")
    if section == Section.TASKS:
        context["tasks"] = consortium.tasks.prefetch_related("members", "milestones")
    if section == Section.AGREEMENT:
        context |= {
            "documents": consortium.documents.filter(replaced_at__isnull=True).select_related(
                "member"
            ),
            "document_form": DocumentForm(consortium=consortium),
        }
    return render(request, f"filings/step_{section}.html", context | {"stored": stored})


def _save(user, consortium, form) -> None:
    expected = form.cleaned_data["version"]
    save_content(consortium.pk, user=user, fields=form.values, expected_version=expected)
    if "signed_members" in form.cleaned_data:
        sign_members(consortium, user=user, signed=form.cleaned_data["signed_members"])


def _compared(request, form_class, pk):
    fresh = get_editable_or_404(request.user, pk)
    data = request.POST.copy()
    data["version"] = str(fresh.version)
    form = form_class(data, instance=fresh)
    untouched = form_class(instance=fresh)
    differing = [
        (form[name].label, untouched[name].value())
        for name in form_class.Meta.fields
        if form[name].field.has_changed(untouched[name].value(), form[name].data)
    ]
    return form, differing


def panel(consortium, current: str) -> dict:
    """What stands around every step: the rail, the live findings, the officer's comments."""
    policy = Policy.objects.in_force()
    findings = findings_of(consortium, policy=policy)
    justified = justifications_of(consortium)
    comments = consortium.comments.filter(sent_at__isnull=False)
    return {
        "consortium": consortium,
        "steps": steps_of(consortium, findings, justified, current),
        "findings": [
            {
                "finding": finding,
                "form": _justification_form(finding, justified),
            }
            for finding in findings
            if current == "check" or finding.step == current
        ],
        "open": len(hindrances(findings, justified, policy)),
        "elsewhere": sum(f.level != Level.ADVISE and f.step != current for f in findings),
        "comments": [
            {"comment": c, "form": AnswerForm(initial={"text": c.answer}, prefix=f"c{c.pk}")}
            for c in comments
            if current == "check" or c.section == current
        ],
        "index": priority_index(lead_of(consortium), Thresholds.of(policy)),
    }


def _justification_form(finding, justified):
    if finding.level != Level.WARN:
        return None
    return JustificationForm(
        initial={"rule": finding.rule, "text": justified.get(finding.rule, "")},
        auto_id=f"id_{finding.rule}_%s",
    )


@require_POST
def justification(request, pk):
    """Keep the reason for one warning and come back to where it was written."""
    consortium = get_editable_or_404(request.user, pk)
    form = JustificationForm(request.POST)
    if form.is_valid():
        justify(consortium, user=request.user, **form.cleaned_data)
        messages.success(request, _("Justification saved."))
    else:
        messages.error(request, _("Write the justification first: at most 2,000 characters."))
    return _back(request, pk)


@require_POST
def answer(request, pk, comment_pk):
    """Answer one comment of the bureau."""
    consortium = get_editable_or_404(request.user, pk)
    comment = consortium.comments.filter(pk=comment_pk, sent_at__isnull=False).first()
    if comment is None:
        raise Http404
    form = AnswerForm(request.POST, prefix=f"c{comment.pk}")
    if form.is_valid():
        answer_comment(comment, user=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("Answer saved."))
    else:
        messages.error(request, _("Write your answer first: at most 2,000 characters."))
    return _back(request, pk)


def _back(request, pk):
    here = request.POST.get("step", "")
    if here in ORDER:
        return redirect("filings:step", pk, here)
    return redirect("filings:check", pk)
