"""What people are told about the way into a unit: by e-mail, each in its own language.

It goes straight out: the ledger of messages (`notices`) stands above this room, and whoever is
invited has no inbox yet.
"""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.invitations import account_of
from accounts.models import Invitation, JoinRequest, Membership


def send_invitation(invitation: Invitation, token: str) -> None:
    """Send the link, in the language of the account if the address has one."""
    person = account_of(invitation.email)
    language = person.language if person else translation.get_language()
    _send(
        "invitation",
        invitation.email,
        language,
        invitation=invitation,
        url=_address("accounts:invitation", token),
    )


def tell_owners(user) -> None:
    """Tell the owners of what `user` asked for, once for each request.

    Called when somebody is signed in, and so has proved its address: nobody can have mail sent to
    a unit's owners in another one's name.
    """
    untold = user.join_requests.pending().filter(told_at__isnull=True)
    for request in untold.select_related("unit"):
        if untold.filter(pk=request.pk).update(told_at=timezone.now()):
            _tell_owners(request, user)


def _tell_owners(request: JoinRequest, asker) -> None:
    url = _address("accounts:join_request", request.unit_id, request.pk)
    owners = Membership.objects.owning().filter(
        unit=request.unit_id,
        user__emailaddress__verified=True,
        user__emailaddress__primary=True,
    )
    for owner in owners.select_related("user"):
        _send(
            "join_request",
            owner.user.email,
            owner.user.language,
            unit=request.unit,
            asker=asker,
            url=url,
        )


def tell_asker(request: JoinRequest) -> None:
    """Tell who asked what came of it."""
    _send(
        f"join_request_{request.outcome}",
        request.user.email,
        request.user.language,
        unit=request.unit,
        reason=request.reason,
        url=_address("accounts:unit"),
    )


def _address(name: str, *args) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _send(template: str, to: str, language: str, **context) -> None:
    with translation.override(language):
        get_adapter().send_mail(f"account/email/{template}", to, context)
