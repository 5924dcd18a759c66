"""An owner's invitations, and the page behind their links."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import complete_signup
from allauth.core.ratelimit import consume
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import invitations
from accounts.forms.entrance import InvitedForm
from accounts.forms.people import InvitationForm
from accounts.mails import send_invitation
from accounts.models import Invitation, Unit
from accounts.views.unit import owned_or_404, refuse_officers


def invite(request, pk):
    """An owner sends a colleague a link that lets it in."""
    owned = owned_or_404(request.user, pk)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, owned, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("email", refused)
        else:
            return redirect("accounts:unit")
    return render(request, "accounts/invite.html", {"form": form, "unit": owned})


def _send(request, unit: Unit, *, email: str, role: str) -> None:
    if not consume(request, action="invite"):
        raise ValidationError(_("Too many invitations for one day: please go on tomorrow."))
    invitation, token = invitations.invite(unit, by=request.user, email=email, role=role)
    send_invitation(invitation, token)
    text = _("An invitation is on its way to %(email)s.") % {"email": invitation.email}
    messages.success(request, text)


def _unanswered_or_404(request, pk, invitation_pk) -> Invitation:
    unanswered = Invitation.objects.unanswered().select_related("unit")
    return get_object_or_404(unanswered, unit=owned_or_404(request.user, pk), pk=invitation_pk)


@require_POST
def invitation_resend(request, pk, invitation_pk):
    """A new link to the same address, valid from now on; the one before ends."""
    found = _unanswered_or_404(request, pk, invitation_pk)
    try:
        _send(request, found.unit, email=found.email, role=found.role)
    except ValidationError as refused:
        messages.error(request, refused.message)
    return redirect("accounts:unit")


@require_POST
def invitation_revoke(request, pk, invitation_pk):
    found = _unanswered_or_404(request, pk, invitation_pk)
    try:
        invitations.revoke(found, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Taken back: the link opens nothing any more."))
    return redirect("accounts:unit")


@login_not_required
@never_cache
@rate_limit(action="signup")
def invitation(request, token):
    """Who has the link enters: with the account of the invited address, or with a new one."""
    refuse_officers(request)
    found = invitations.by_token(token)
    if found is None:
        raise Http404
    if found.hindrance:
        return render(request, "accounts/invitation_over.html", {"invitation": found}, status=410)
    if request.user.is_authenticated:
        return _accept(request, found)
    return _register(request, found)


def _accept(request, found: Invitation):
    mine = invitations.is_for(found, request.user)
    if mine and request.method == "POST":
        try:
            invitations.accept(found, user=request.user)
        except ValidationError as refused:
            messages.error(request, refused.message)
        else:
            _welcome(request, found)
        return redirect("accounts:unit")
    return render(request, "accounts/invitation.html", {"invitation": found, "mine": mine})


def _register(request, found: Invitation):
    if invitations.account_of(found.email):
        return render(request, "accounts/invitation_known.html", {"invitation": found})
    form = InvitedForm(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        user = _made_account(request, found, form)
        if user is not None:
            _welcome(request, found)
            return complete_signup(request, user, None, reverse("accounts:unit"))
    context = {"invitation": found, "form": form}
    return render(request, "accounts/invitation_register.html", context)


def _made_account(request, found: Invitation, form: InvitedForm):
    """The new account with its place in the unit, both or none; the link has proved its address."""
    adapter = get_adapter()
    adapter.stash_verified_email(request, found.email)
    try:
        with transaction.atomic():
            user = form.save(request)
            invitations.accept(found, user=user)
    except ValidationError as refused:
        form.add_error(None, refused)
    except IntegrityError:
        form.add_error(None, _("Somebody took this user name or e-mail address just now."))
    else:
        return user
    finally:
        adapter.unstash_verified_email(request)
    return None


def _welcome(request, found: Invitation) -> None:
    messages.success(request, _("You now belong to %(unit)s.") % {"unit": found.unit})
