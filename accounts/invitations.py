"""The way into a unit by a link: an owner names an address, whoever reads its mail enters."""

import secrets

from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import VALID_FOR, Invitation, Membership, Unit, User, digest_of
from accounts.people import BELONGS_ALREADY, let_in, locked, require_civilian, require_owner


def account_of(email: str) -> User | None:
    """The account of an address; the one that proved it before one that only named it."""
    return next(iter(filter_users_by_email(email, prefer_verified=True)), None)


def by_token(token: str) -> Invitation | None:
    """The invitation of a link, whatever became of it."""
    found = Invitation.objects.with_sender().select_related("unit", "invited_by")
    return found.filter(digest=digest_of(token)).first()


@transaction.atomic
def invite(unit: Unit, *, by, email: str, role: str) -> tuple[Invitation, str]:
    """Open a way in for the reader of an address; the second of the pair is the link's secret,
    which is kept nowhere. An earlier one to the same address ends with that.

    Raises ValidationError for others than owners, for somebody who belongs to the unit already,
    and for the bureau's people.
    """
    unit, email = locked(unit.pk), email.lower()
    require_owner(unit, by)
    person = account_of(email)
    if person is not None:
        require_civilian(person)
        if unit.memberships.filter(user=person).exists():
            raise ValidationError(BELONGS_ALREADY)
    now, token = timezone.now(), secrets.token_urlsafe(32)
    unit.invitations.unanswered().filter(email=email).update(revoked_at=now)
    invitation = Invitation.objects.create(
        unit=unit,
        email=email,
        role=role,
        digest=digest_of(token),
        invited_by=by,
        expires_at=now + VALID_FOR,
    )
    return invitation, token


@transaction.atomic
def revoke(invitation: Invitation, *, by) -> None:
    """Close the way in again. Raises ValidationError for others than owners, or too late."""
    unit = locked(invitation.unit_id)
    require_owner(unit, by)
    if not unit.invitations.unanswered().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        raise ValidationError(_("This invitation has been used or taken back meanwhile."))


def is_for(invitation: Invitation, user) -> bool:
    """Whether `user` has proved to read the invited address."""
    return EmailAddress.objects.filter(
        user=user, email__iexact=invitation.email, verified=True
    ).exists()


@transaction.atomic
def accept(invitation: Invitation, *, user) -> Membership:
    """Enter by an invitation, which is used up. Raises ValidationError, with the reason, for who
    did not prove the address, and when it is no longer open: of two at once the second is told."""
    unit = locked(invitation.unit_id)
    invitation = unit.invitations.with_sender().get(pk=invitation.pk)
    if invitation.hindrance:
        raise ValidationError(invitation.hindrance)
    if not is_for(invitation, user):
        raise ValidationError(_("This invitation is for another e-mail address."))
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return let_in(unit, user, invitation.role)
