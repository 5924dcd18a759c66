"""How people come to belong to units."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Unit


def has_people(uscc: str) -> bool:
    """Whether anybody belongs to the unit of this code; if so, only its owner lets others in."""
    return Membership.objects.filter(unit__uscc=uscc).exists()


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
        raise ValidationError(_("This unit is registered already: ask its owner to let you in."))
    for field, value in {"name": name, "kind": kind, "place": place, **details}.items():
        setattr(unit, field, value)
    unit.full_clean()
    unit.save()
    Membership.objects.create(user=user, unit=unit, role=Membership.Role.OWNER)
    return unit
