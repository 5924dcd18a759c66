from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import is_officer
from filings.confirmation import confirm_member, dispute_member, is_asked
from filings.forms.rows import DisputeForm
from filings.models import Member
from filings.permissions import acts_for_unit, is_of_unit
from filings.refusals import Refused
from filings.views.proof import proofs


def confirm(request, token):
    """A member unit reads its part alone, and confirms or disputes it."""
    member = (
        Member.objects.filter(token=token)
        .select_related("unit", "joined_by", "consortium__lead_unit", "consortium__focus_field")
        .first()
    )
    if member is None:
        raise Http404
    if not is_of_unit(request.user, member.unit_id):
        return _way_in(request, member)
    dispute = DisputeForm(request.POST if "dispute" in request.POST else None)
    if request.method == "POST":
        done = _answer(request, member, dispute)
        if done:
            return redirect("filings:confirm", token)
    acting = acts_for_unit(request.user, member.unit_id)
    context = {
        "member": member,
        "consortium": member.consortium,
        "dispute": dispute,
        "acting": acting,
        "asked": is_asked(member),
        "change": member.joined_by,
    }
    context |= proofs(request.user, member)
    return render(request, "filings/confirm.html", context)


def _way_in(request, member):
    """Whoever holds the link, but is not of the unit yet, reads which unit is asked and nothing of
    its part; the bureau's people, and whatever is more than a look, find nothing here."""
    if is_officer(request.user) or request.method not in ("GET", "HEAD"):
        raise Http404
    return render(request, "filings/confirm_way_in.html", {"name": member.name})


def _answer(request, member, dispute) -> bool:
    try:
        if "confirm" in request.POST:
            confirm_member(member, user=request.user)
            messages.success(request, _("Confirmed. Thank you; there is nothing more to do now."))
            return True
        if dispute.is_valid():
            dispute_member(member, user=request.user, reason=dispute.cleaned_data["reason"])
            messages.success(request, _("The lead unit is told and will mend it or ask you again."))
            return True
    except Refused as refused:
        messages.error(request, refused.message)
    return False
