"""The way into a unit by its code: first come, owner; everybody after that asks the owner."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import JoinRequest, Membership, Unit
from accounts.people import BELONGS_ALREADY, let_in, locked, require_civilian, require_owner

Outcome = JoinRequest.Outcome


def has_people(uscc: str) -> bool:
    """Whether anybody belongs to the unit of this code; if so, its owner lets others in.

    Locked accounts do not count, so that the bureau can free a unit that a stranger registered.
    """
    return Membership.objects.active().filter(unit__uscc=uscc).exists()


@transaction.atomic
def enter_unit(
    user, *, uscc: str, name: str, kind: str, place: str, **details
) -> Membership | JoinRequest:
    """Make `user` the owner of the unit of a (normalised) code, created if nobody named it yet;
    where somebody belongs to it already, ask its owner instead, and leave the unit as it is.

    A unit that another one named as its member takes the name it gives itself now. Raises
    ValidationError for the bureau's people and for those who belong to the unit.
    """
    require_civilian(user)
    # The row is locked first, so that of two who register at once the second sees the first.
    made, _new = Unit.objects.get_or_create(
        uscc=uscc, defaults={"name": name, "kind": kind, "place": place}
    )
    unit = locked(made.pk)
    if has_people(uscc):
        return _ask(unit, user)
    for field, value in {"name": name, "kind": kind, "place": place, **details}.items():
        setattr(unit, field, value)
    unit.full_clean()
    unit.save()
    return let_in(unit, user, Membership.Role.OWNER)


@transaction.atomic
def ask_to_join(user, uscc: str) -> JoinRequest | None:
    """Ask the owner of the unit of a code; None where nobody is there to be asked.

    Raises ValidationError as `enter_unit` does.
    """
    require_civilian(user)
    unit = Unit.objects.filter(uscc=uscc).first()
    if unit is None or not has_people(uscc):
        return None
    return _ask(locked(unit.pk), user)


def _ask(unit: Unit, user) -> JoinRequest:
    """The pending request of `user`, made unless it is there."""
    if unit.memberships.filter(user=user).exists():
        raise ValidationError(BELONGS_ALREADY)
    return unit.join_requests.pending().get_or_create(user=user, unit=unit)[0]


@transaction.atomic
def approve(request: JoinRequest, *, by, role: str) -> JoinRequest:
    """Let the asker in. Raises ValidationError for others than owners, and when it was answered."""
    unit, request = _pending(request, by)
    _decide(request, Outcome.APPROVED, by)
    let_in(unit, request.user, role)
    return request


@transaction.atomic
def decline(request: JoinRequest, *, by, reason: str) -> JoinRequest:
    """Do not let the asker in, and say why. Raises as `approve` does."""
    if not reason.strip():
        raise ValidationError(_("Say why: the person reads it."))
    _unit, request = _pending(request, by)
    _decide(request, Outcome.DECLINED, by, reason.strip())
    return request


@transaction.atomic
def cancel(request: JoinRequest, *, by) -> None:
    """The asker no longer wants in; nothing happens to a request that was answered meanwhile."""
    unit = locked(request.unit_id)
    for waiting in unit.join_requests.pending().filter(pk=request.pk, user=by):
        _decide(waiting, Outcome.CANCELLED, by)


def _pending(request: JoinRequest, by) -> tuple[Unit, JoinRequest]:
    unit = locked(request.unit_id)
    require_owner(unit, by)
    request = unit.join_requests.select_related("user", "unit", "decided_by").get(pk=request.pk)
    if request.outcome != Outcome.PENDING:
        raise ValidationError(
            _("This request is not waiting any more: %(outcome)s (%(who)s).")
            % {
                "outcome": request.get_outcome_display(),
                "who": request.decided_by or request.user,
            }
        )
    return unit, request


def _decide(request: JoinRequest, outcome: Outcome, by, reason: str = "") -> None:
    request.outcome, request.reason = outcome, reason
    request.decided_by, request.decided_at = by, timezone.now()
    request.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
