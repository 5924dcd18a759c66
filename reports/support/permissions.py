"""Who may do what with a request for support: one answer in one place, with its reason."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.roles import LABELS, Role, has_role, is_officer
from filings.models import Consortium
from filings.permissions import YES, Answer, acts_for_unit, is_of_unit
from reports.models import SupportFile, SupportRequest
from reports.support.kinds import Kind, is_for_members
from reports.support.states import MOVES, SETTLED, Action, Actor, Status

LEAD_ASKS = _("The lead unit asks for this on behalf of the consortium.")
SHARERS = (Role.REVIEWER, Role.DECIDER)


def units_of(user, consortium: Consortium) -> list[Unit]:
    """The units for which `user` may ask: of the consortium's lead and of its present members."""
    mine = Unit.objects.edited_by(user)
    members = consortium.members.present_on(timezone.localdate()).values("unit")
    lead = mine.filter(pk=consortium.lead_unit_id)
    return [*lead, *mine.filter(pk__in=members).exclude(pk__in=lead).distinct()]


def may_begin(user, consortium: Consortium, unit: Unit, kind: str) -> Answer:
    """The lead asks for all; a present member for what clause 4.2 says of member units."""
    answer = acts_for_unit(user, unit.pk)
    if not answer or unit.pk == consortium.lead_unit_id:
        return answer
    if not is_for_members(kind):
        return Answer(False, LEAD_ASKS)
    if not consortium.members.present_on(timezone.localdate()).filter(unit=unit).exists():
        return Answer(False, _("Your unit has no part in this consortium any more."))
    return YES


def may_take(user, action: str, request: SupportRequest) -> Answer:
    """Whether `user` may take the move now; what the request lacks is for the guards."""
    move = MOVES[Action(action)]
    if request.status not in move.who:
        return Answer(
            False,
            _("“%(action)s” is not possible while the request is: %(status)s.")
            % {"action": Action(action).label, "status": request.get_status_display()},
        )
    roles = move.who[Status(request.status)]
    if Actor.ASKER in roles:
        return acts_for_unit(user, request.unit_id)
    if has_role(user, *roles):
        return YES
    return Answer(False, _("This is for the role: %(role)s.") % {"role": LABELS[Role(roles[0])]})


def concerns(user, action: str) -> bool:
    """Whether the move is ever one for this officer."""
    roles = {role for some in MOVES[Action(action)].who.values() for role in some}
    return has_role(user, *roles)


def may_consent(user, request: SupportRequest) -> Answer:
    """Whoever acts for the unit gives and takes back its consent, until all is settled."""
    if request.kind != Kind.FINANCING or request.is_editable or request.status in SETTLED:
        return Answer(False, _("There is nothing to consent to now."))
    return acts_for_unit(user, request.unit_id)


def may_share(user) -> bool:
    """Who passes financing needs on to institutions (clause 4.3)."""
    return has_role(user, *SHARERS)


def may_read_file(user, file: SupportFile) -> bool:
    """The people of the unit that asks, and the officers once it was sent."""
    request = file.request
    if is_of_unit(user, request.unit_id):
        return True
    return is_officer(user) and request.status != Status.DRAFT and file.removed_at is None


def get_asked_in_or_404(user, pk: int) -> Consortium:
    """The consortium if the user belongs to one of its units. Raises Http404 else."""
    joined = Consortium.objects.present_in(user, timezone.localdate())
    mine = Consortium.objects.led_by(user) | joined
    found = mine.registered().for_list().filter(pk=pk).distinct().first()
    if found is None:
        raise Http404
    return found


def get_own_or_404(user, pk: int) -> SupportRequest:
    """The request if a unit of the user's asks it. Raises Http404 else."""
    found = SupportRequest.objects.of_units(user).for_list().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_acted_for_or_404(user, pk: int) -> SupportRequest:
    """The request if the user may act for the unit that asks it. Raises Http404 else."""
    found = SupportRequest.objects.edited_by(user).for_list().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_editable_or_404(user, pk: int) -> SupportRequest:
    found = get_acted_for_or_404(user, pk)
    if not found.is_editable:
        raise Http404
    return found
