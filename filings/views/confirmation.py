from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from filings.confirmation import confirm_member, dispute_member
from filings.forms.rows import DisputeForm
from filings.models import Member
from filings.permissions import is_of_unit
from filings.refusals import Refused
from filings.views.proof import proofs


def confirm(request, token):
    """A member unit reads its part alone, and confirms or disputes it."""
    member = (
        Member.objects.filter(token=token)
        .select_related("unit", "consortium__lead_unit", "consortium__focus_field")
        .first()
    )
    if member is None or not is_of_unit(request.user, member.unit_id):
        raise Http404
    dispute = DisputeForm(request.POST if "dispute" in request.POST else None)
    if request.method == "POST":
        done = _answer(request, member, dispute)
        if done:
            return redirect("filings:confirm", token)
    context = {"member": member, "consortium": member.consortium, "dispute": dispute}
    context |= proofs(request.user, member)
    return render(request, "filings/confirm.html", context)


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
