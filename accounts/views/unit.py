from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.unit import UnitForm
from accounts.models import ROLE_WORDS, Invitation, JoinRequest, Membership, Unit
from accounts.roles import is_officer

SHOWN = 5


def owned_or_404(user, pk: int) -> Unit:
    """The unit if `user` owns it. Raises Http404: what is not yours does not exist."""
    own = Membership.objects.owning().select_related("unit")
    return get_object_or_404(own, unit_id=pk, user=user).unit


def refuse_officers(request) -> None:
    """The pages that lead into a unit do not exist for the bureau's people."""
    if is_officer(request.user):
        raise Http404


@require_safe
def unit(request):
    """My units: who belongs to them and may do what, who is on the way in; what I asked for."""
    people = Membership.objects.select_related("user")
    memberships = (
        Membership.objects.filter(user=request.user)
        .select_related("unit")
        .prefetch_related(
            Prefetch("unit__memberships", people, to_attr="people"),
            Prefetch(
                "unit__invitations",
                Invitation.objects.unanswered().with_sender(),
                to_attr="open_invitations",
            ),
            Prefetch(
                "unit__join_requests",
                JoinRequest.objects.to_decide().select_related("user"),
                to_attr="asking",
            ),
        )
    )
    context = {
        "memberships": memberships,
        "requests": JoinRequest.objects.shown_to(request.user).select_related("unit")[:SHOWN],
        "roles": [(role.label, words) for role, words in ROLE_WORDS.items()],
        "may_join": not is_officer(request.user),
    }
    return render(request, "accounts/unit.html", context)


def unit_edit(request, pk):
    owned = owned_or_404(request.user, pk)
    form = UnitForm(request.POST or None, instance=owned)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:unit")
    return render(request, "accounts/unit_edit.html", {"form": form, "unit": owned})
