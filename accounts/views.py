from allauth.account.views import SignupView
from allauth.core.ratelimit import consume
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms import LanguageForm, PersonForm, UnitForm
from accounts.invitations import send_invitation
from accounts.models import Membership
from accounts.services import add_person, remove_person


class SignUp(SignupView):
    """Of two who register the same unit or name at once, the second is told so."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as refused:
            form.add_error("uscc", refused)
        except IntegrityError:
            form.add_error(None, _("Somebody took this user name or e-mail address just now."))
        return self.form_invalid(form)


@require_safe
def unit(request):
    """My units and who belongs to them."""
    memberships = (
        Membership.objects.filter(user=request.user)
        .select_related("unit")
        .prefetch_related("unit__memberships__user")
    )
    return render(request, "accounts/unit.html", {"memberships": memberships})


def _owned_or_404(request, pk):
    return get_object_or_404(
        Membership.objects.select_related("unit"),
        unit_id=pk,
        user=request.user,
        role=Membership.Role.OWNER,
    ).unit


def unit_edit(request, pk):
    owned = _owned_or_404(request, pk)
    form = UnitForm(request.POST or None, instance=owned)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:unit")
    return render(request, "accounts/unit_edit.html", {"form": form, "unit": owned})


def person_add(request, pk):
    """An owner lets a colleague in; whoever has no account gets one by invitation."""
    owned = _owned_or_404(request, pk)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _add(request, owned, form):
        return redirect("accounts:unit")
    return render(request, "accounts/person_add.html", {"form": form, "unit": owned})


def _add(request, owned, form) -> bool:
    if not consume(request, action="invite"):
        form.add_error(None, _("Too many invitations for one day: please go on tomorrow."))
        return False
    try:
        person = add_person(owned, language=request.LANGUAGE_CODE, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error("email", refused)
        return False
    messages.success(request, _("%(person)s belongs to the unit now.") % {"person": person})
    send_invitation(person, owned, by=request.user)
    return True


def person_remove(request, pk, membership_pk):
    owned = _owned_or_404(request, pk)
    membership = get_object_or_404(owned.memberships.select_related("user"), pk=membership_pk)
    if request.method != "POST":
        context = {"unit": owned, "membership": membership}
        return render(request, "accounts/person_remove.html", context)
    try:
        remove_person(membership)
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        text = _("%(person)s no longer belongs to the unit.")
        messages.success(request, text % {"person": membership.user})
    return redirect("accounts:unit")


def me(request):
    """My name, and the language that messages to me are written in."""
    form = LanguageForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form})
