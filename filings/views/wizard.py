from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings.correction import asked
from filings.eligibility.rules import RULES_BY_ID
from filings.forms.rows import JustificationForm
from filings.forms.sections import SECTION_FORMS
from filings.permissions import get_editable_or_404
from filings.sections import Section
from filings.services import answer_comment, justify, resolve_comment, save_content
from filings.views import keeping
from filings.views.answering import answered
from filings.views.panel import panel
from filings.views.showing import show_check, show_step
from filings.views.told import told

ORDER = [section.value for section in Section]


@told
def step(request, pk, section):
    """One step of the wizard: shown, or saved as far as it goes."""
    if section not in ORDER:
        raise Http404
    consortium = get_editable_or_404(request.user, pk)
    form_class = SECTION_FORMS.get(section)
    form = form_class(request.POST, instance=consortium) if form_class and request.POST else None
    clashes = []
    if form and (keeping.is_autosave(request) or form.is_valid()):
        saved = keeping.save(form, partial(save_content, pk), request.user)
        consortium = saved.row
        if keeping.is_autosave(request):
            context = panel(consortium, section) | {"section": Section(section)}
            return keeping.answer(request, form, saved, context)
        keeping.tell(request, saved)
        if not saved.clashes:
            following = ORDER.index(section) + ("next" in request.POST)
            if following < len(ORDER):
                return redirect("filings:step", pk, ORDER[following])
            return redirect("filings:check", pk)
        form, clashes = saved.form, saved.clashes
    return show_step(request, consortium, section, form=form, clashes=clashes)


@require_POST
@told
def justification(request, pk):
    """Keep the reason for one warning and come back to where it was written."""
    consortium = get_editable_or_404(request.user, pk)
    rule = request.POST.get("rule")
    if rule not in RULES_BY_ID:
        raise Http404
    form = JustificationForm(request.POST, auto_id=f"id_{rule}_%s")
    if form.is_valid():
        justify(consortium, user=request.user, **form.cleaned_data)
        messages.success(request, _("Justification saved."))
        return _back(request, pk)
    messages.error(request, _("Write the justification first: at most 2,000 characters."))
    return _again(request, consortium, justification=form)


@require_POST
@told
def answer(request, pk, comment_pk):
    """Answer one comment of the bureau, or mark it as done."""
    consortium = get_editable_or_404(request.user, pk)
    comment = asked(consortium).filter(pk=comment_pk).first()
    if comment is None:
        raise Http404
    refused = answered(request, comment, answer=answer_comment, resolve=resolve_comment)
    if refused:
        return _again(request, consortium, answer=refused)
    return _back(request, pk, f"#comment-{comment.pk}")


def _back(request, pk, anchor: str = ""):
    here = request.POST.get("step", "")
    if here in ORDER:
        return redirect(reverse("filings:step", args=[pk, here]) + anchor)
    return redirect(reverse("filings:check", args=[pk]) + anchor)


def _again(request, consortium, **refused):
    """The page on which something was typed that can't be kept, with what was typed."""
    here = request.POST.get("step", "")
    if here in ORDER:
        return show_step(request, consortium, here, **refused)
    return show_check(request, consortium, **refused)
