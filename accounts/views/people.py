"""What an owner does to the places of people in its unit, and how one leaves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.forms.people import RoleForm
from accounts.models import Membership
from accounts.people import change_role, end_membership, hand_over
from accounts.views.unit import owned_or_404


def _place_or_404(request, pk, membership_pk) -> Membership:
    places = owned_or_404(request.user, pk).memberships.select_related("user", "unit")
    return get_object_or_404(places, pk=membership_pk)


def _done(request, act, done: str):
    """Do it and say so, or say why not; either way back to the unit."""
    try:
        act()
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect("accounts:unit")


def person(request, pk, membership_pk):
    """A colleague's role; from here it may be changed, the unit handed over, the place ended."""
    place = _place_or_404(request, pk, membership_pk)
    form = RoleForm(request.POST or None, initial={"role": place.role})
    if request.method == "POST" and form.is_valid():
        try:
            place = change_role(place, by=request.user, role=form.cleaned_data["role"])
        except ValidationError as refused:
            form.add_error("role", refused)
        else:
            text = _("%(person)s: %(role)s from now on.")
            values = {"person": place.user, "role": place.get_role_display()}
            messages.success(request, text % values)
            return redirect("accounts:unit")
    return render(request, "accounts/person.html", {"place": place, "form": form})


def person_hand_over(request, pk, membership_pk):
    place = _place_or_404(request, pk, membership_pk)
    if request.method != "POST":
        return render(request, "accounts/hand_over.html", {"place": place})
    done = _("%(person)s owns the unit now; you are an editor.") % {"person": place.user}
    return _done(request, lambda: hand_over(place, by=request.user), done)


def person_remove(request, pk, membership_pk):
    place = _place_or_404(request, pk, membership_pk)
    if request.method != "POST":
        return render(request, "accounts/person_remove.html", {"place": place})
    done = _("%(person)s no longer belongs to the unit.") % {"person": place.user}
    return _done(request, lambda: end_membership(place, by=request.user), done)


def leave(request, pk):
    own = Membership.objects.select_related("user", "unit")
    place = get_object_or_404(own, unit_id=pk, user=request.user)
    if request.method != "POST":
        return render(request, "accounts/leave.html", {"place": place})
    done = _("You no longer belong to %(unit)s.") % {"unit": place.unit}
    return _done(request, lambda: end_membership(place, by=request.user), done)
