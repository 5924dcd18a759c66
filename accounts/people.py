"""Who belongs to a unit, as what: changes made under the lock of the unit, one after another.

Every refusal is a ValidationError whose words are for people.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, JoinRequest, Membership, Unit
from accounts.roles import is_officer

BELONGS_ALREADY = _("This person belongs to the unit already.")
NOT_OWNER = _("Only an owner of the unit may do this.")
LAST_OWNER = _("A unit keeps at least one owner: make somebody else an owner first.")


def locked(unit_id: int) -> Unit:
    """The unit, with its people, invitations and requests held for us until the transaction ends.

    The way in and the way out of a unit pass through here, so that two at once follow each other.
    """
    units = Unit.objects.select_for_update(of=("self",), no_key=True)
    return units.get(pk=unit_id)


def require_owner(unit: Unit, user) -> Membership:
    """The place of `user` as an owner. Raises ValidationError: it may have been lost meanwhile."""
    own = unit.memberships.owning().filter(user=user).first()
    if own is None:
        raise ValidationError(NOT_OWNER)
    return own


def require_civilian(user) -> None:
    """The bureau's people would otherwise decide on filings of their own."""
    if is_officer(user) or not user.is_active:
        raise ValidationError(_("The person of this address can't belong to a unit."))


def let_in(unit: Unit, user, role: str) -> Membership:
    """Give `user` a place in a locked unit; what else was on its way for it is settled by that."""
    require_civilian(user)
    if unit.memberships.filter(user=user).exists():
        raise ValidationError(BELONGS_ALREADY)
    now = timezone.now()
    unit.join_requests.pending().filter(user=user).update(
        outcome=JoinRequest.Outcome.APPROVED, decided_at=now
    )
    addresses = user.emailaddress_set.filter(verified=True).values("email")
    Invitation.objects.unanswered().filter(unit=unit, email__in=addresses).update(revoked_at=now)
    return Membership.objects.create(user=user, unit=unit, role=role)


@transaction.atomic
def change_role(membership: Membership, *, by, role: str) -> Membership:
    """Give a colleague, or oneself, another role. Raises ValidationError for the last owner."""
    unit = locked(membership.unit_id)
    require_owner(unit, by)
    membership = _as_it_is(unit, membership)
    if role != Membership.Role.OWNER:
        _keep_an_owner(unit, membership)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def hand_over(membership: Membership, *, by) -> None:
    """Make a colleague an owner and step down to editor, both or neither."""
    unit = locked(membership.unit_id)
    own = require_owner(unit, by)
    membership = _as_it_is(unit, membership)
    if membership.pk == own.pk:
        raise ValidationError(_("Choose a colleague to hand the unit over to."))
    if not membership.user.is_active:
        raise ValidationError(_("This account is locked: choose another colleague."))
    membership.role, own.role = Membership.Role.OWNER, Membership.Role.EDITOR
    Membership.objects.bulk_update([membership, own], ["role"])


@transaction.atomic
def end_membership(membership: Membership, *, by) -> None:
    """Leave a unit, or remove a colleague from it as an owner. Raises ValidationError for the last
    owner, and for others who are no owner."""
    unit = locked(membership.unit_id)
    if membership.user_id != by.pk:
        require_owner(unit, by)
    membership = _as_it_is(unit, membership)
    _keep_an_owner(unit, membership)
    membership.delete()


def _as_it_is(unit: Unit, membership: Membership) -> Membership:
    """The place as it is under the lock. Raises ValidationError when it ended meanwhile."""
    found = unit.memberships.select_related("user").filter(pk=membership.pk).first()
    if found is None:
        raise ValidationError(_("This person does not belong to the unit any more."))
    return found


def _keep_an_owner(unit: Unit, membership: Membership) -> None:
    others = unit.memberships.owning().exclude(pk=membership.pk)
    if membership.is_owner and not others.exists():
        raise ValidationError(LAST_OWNER)
