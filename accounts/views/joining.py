"""Joining or registering a unit by its code, and the owner's answer to who asks."""

from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.core.ratelimit import consume
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.people import DeclineForm, RoleForm
from accounts.forms.unit import CodeForm, RegistrationForm
from accounts.joining import approve, ask_to_join, cancel, decline, enter_unit
from accounts.mails import tell_asker, tell_owners
from accounts.models import JoinRequest
from accounts.views.unit import owned_or_404, refuse_officers


def join(request):
    """Name a unit by its code: its owner is asked, or, where nobody is there yet, it registers."""
    refuse_officers(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _not_too_often(request, form):
        code = form.cleaned_data["uscc"]
        try:
            asked = ask_to_join(request.user, code)
        except ValidationError as refused:
            form.add_error("uscc", refused)
        else:
            return _waiting(request) if asked else _on_to_registration(request, code)
    next_url = get_next_redirect_url(request)
    return render(request, "accounts/join.html", {"form": form, "next": next_url})


def register(request):
    """Register a unit with an account that is there already, and become its owner."""
    refuse_officers(request)
    form = RegistrationForm(request.POST or None, initial={"uscc": request.GET.get("uscc", "")})
    if request.method == "POST" and form.is_valid() and _not_too_often(request, form):
        values = form.unit_values()
        try:
            entered = enter_unit(request.user, contact_name=request.user.full_name, **values)
        except ValidationError as refused:
            form.add_error("uscc", refused)
        else:
            if isinstance(entered, JoinRequest):
                return _waiting(request)
            text = _("%(unit)s is registered, and you own it.") % {"unit": entered.unit}
            messages.success(request, text)
            return redirect(get_next_redirect_url(request) or "accounts:unit")
    next_url = get_next_redirect_url(request)
    return render(request, "accounts/register.html", {"form": form, "next": next_url})


def _not_too_often(request, form) -> bool:
    if consume(request, action="join"):
        return True
    form.add_error(None, _("Too many attempts for one day: please go on tomorrow."))
    return False


def _waiting(request):
    tell_owners(request.user)
    messages.success(request, _("The owner of the unit is asked. You are told by e-mail."))
    return redirect("accounts:unit")


def _on_to_registration(request, code: str):
    messages.info(request, _("Nobody of this unit is registered yet: you can register it now."))
    url = f"{reverse('accounts:unit_register')}?{urlencode({'uscc': code})}"
    return redirect(passthrough_next_redirect_url(request, url, "next"))


def join_request(request, pk, request_pk):
    """Somebody asks to be let in: the owner chooses a role, or says why not."""
    owned = owned_or_404(request.user, pk)
    waiting = JoinRequest.objects.to_decide().filter(unit=owned).select_related("user")
    found = get_object_or_404(waiting, pk=request_pk)
    letting_in = RoleForm(request.POST if "approve" in request.POST else None)
    declining = DeclineForm(request.POST if "decline" in request.POST else None)
    bound = next((form for form in (letting_in, declining) if form.is_bound), None)
    if bound is not None and bound.is_valid():
        try:
            decided = (approve if bound is letting_in else decline)(
                found, by=request.user, **bound.cleaned_data
            )
        except ValidationError as refused:
            messages.error(request, refused.message)
        else:
            tell_asker(decided)
            messages.success(request, _("Answered. %(person)s is told.") % {"person": found.user})
        return redirect("accounts:unit")
    context = {"unit": owned, "found": found, "letting_in": letting_in, "declining": declining}
    return render(request, "accounts/join_request.html", context)


@require_POST
def join_cancel(request, request_pk):
    cancel(get_object_or_404(JoinRequest, pk=request_pk, user=request.user), by=request.user)
    messages.success(request, _("You no longer ask to join."))
    return redirect("accounts:unit")
