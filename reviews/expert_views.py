"""The page of an invited expert: reached by its link alone, without an account."""

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from filings.refusals import Refused
from filings.sections import Section
from filings.snapshot import present
from filings.workdays import workdays_left
from reviews import expert_invitations
from reviews.expert_forms import DeclareForm, ScoreForm


@login_not_required
@never_cache
def page(request, token):
    """First the declaration, then the filing as submitted with its scores, then nothing more."""
    if too_many := consume_or_429(request, action="expert", limit_get=True):
        return too_many
    invitation = expert_invitations.find(token)
    if invitation is None:
        raise Http404
    today = timezone.localdate()
    if invitation.submitted_at or not invitation.is_live_on(today):
        gone = {"invitation": invitation, "thanks": invitation.submitted_at or invitation.conflict}
        return render(
            request, "reviews/expert_over.html", gone, status=200 if gone["thanks"] else 410
        )
    step = _score if invitation.declared_at else _declare
    form = step(request, invitation)
    if form is None:
        return redirect("experts:page", token)
    context = {
        "invitation": invitation,
        "consortium": invitation.round.consortium,
        "content": _content(invitation),
        "form": form,
        "due": invitation.expires_on,
        "days": workdays_left(today, invitation.expires_on),
    }
    template = "expert_score" if invitation.declared_at else "expert_declare"
    return render(request, f"reviews/{template}.html", context)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _declare(request, invitation):
    form = DeclareForm(_sent(request))
    if not form.is_valid():
        return form
    try:
        expert_invitations.declare(invitation, conflict=form.declared)
    except Refused as refused:
        form.add_error(None, refused.message)
        return form
    return None


def _score(request, invitation):
    hand_in = "hand_in" in request.POST
    form = ScoreForm(_sent(request), invitation=invitation, hand_in=hand_in)
    if not form.is_valid():
        return form
    opinion = form.cleaned_data["opinion"]
    try:
        expert_invitations.save_scores(
            invitation, scores=form.scores, opinion=opinion, hand_in=hand_in
        )
    except Refused as refused:
        form.add_error(None, refused.message)
        return form
    if not hand_in:
        messages.success(request, _("Saved. You can come back by the same link."))
    return None


def _content(invitation):
    """The filing as it was submitted; its papers, which name and sign, are not shown."""
    return [
        (section, groups[:1] if section == Section.AGREEMENT else groups)
        for section, groups in present(invitation.round.submission.content)
    ]
