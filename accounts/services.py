"""How people come to belong to units, and cease to."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Unit, User
from accounts.roles import is_officer

REGISTERED = _(
    "This unit is registered already. Ask its owner to let you in, "
    "or the bureau if nobody at your unit knows of it."
)


def has_people(uscc: str) -> bool:
    """Whether anybody belongs to the unit of this code; if so, only its owner lets others in.

    Locked accounts do not count, so that the bureau can free a unit that a stranger registered.
    """
    return Membership.objects.filter(unit__uscc=uscc, user__is_active=True).exists()


@transaction.atomic
def claim_unit(user, *, uscc: str, name: str, kind: str, place: str, **details) -> Unit:
    """Make `user` the owner of the unit of a (normalised) code, created if nobody named it yet.

    A unit that another one named as its member takes the name it gives itself now.
    Raises ValidationError when somebody belongs to it already.
    """
    # The row is locked first, so that of two who claim at once the second sees the first.
    Unit.objects.get_or_create(uscc=uscc, defaults={"name": name, "kind": kind, "place": place})
    unit = Unit.objects.select_for_update().get(uscc=uscc)
    if has_people(uscc):
        raise ValidationError(REGISTERED, code="taken")
    for field, value in {"name": name, "kind": kind, "place": place, **details}.items():
        setattr(unit, field, value)
    unit.full_clean()
    unit.save()
    Membership.objects.create(user=user, unit=unit, role=Membership.Role.OWNER)
    return unit


@transaction.atomic
def add_person(unit: Unit, *, email: str, full_name: str, role: str, language: str) -> User:
    """Let the person of an e-mail address into a unit; it gets an account if it has none.

    Raises ValidationError for somebody who belongs to it already, and for the bureau's people,
    who would otherwise decide on filings of their own.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    person = next(iter(filter_users_by_email(email, prefer_verified=True)), None)
    if person is None:
        person = _new_person(email, full_name, language)
    elif is_officer(person) or not person.is_active:
        raise ValidationError(_("The person of this address can't belong to a unit."))
    elif unit.memberships.filter(user=person).exists():
        raise ValidationError(_("This person belongs to the unit already."))
    Membership.objects.create(user=person, unit=unit, role=role)
    return person


def _new_person(email: str, full_name: str, language: str) -> User:
    person = User.objects.create_user(
        username=get_adapter().generate_unique_username([email]),
        email=email.lower(),
        full_name=full_name,
        language=language,
    )
    # Without a password, the link in the invitation is the only way in: who uses it has the mail.
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


@transaction.atomic
def remove_person(membership: Membership) -> None:
    """End a person's place in a unit. Raises ValidationError for its last owner."""
    unit = Unit.objects.select_for_update().get(pk=membership.unit_id)
    others = unit.memberships.exclude(pk=membership.pk)
    if not others.filter(role=Membership.Role.OWNER, user__is_active=True).exists():
        raise ValidationError(_("A unit keeps at least one owner: let another owner in first."))
    membership.delete()
