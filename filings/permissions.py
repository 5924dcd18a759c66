"""Who may do what with a consortium: one answer in one place, with its reason for the screen."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.roles import ACTING, CASE_OFFICERS, LABELS, Role, has_role, is_officer
from filings.change_states import CHANGE_EDITABLE, ChangeStatus
from filings.models import Change, Consortium, Document, Member, Renaming
from filings.models.history import InternalNote, Remark
from filings.states import Action, Actor, Move, Status, moves_from

NOT_OF_UNIT = _("Only people of the unit may do this.")
READS_ONLY = _(
    "You may read this, not change it: you are a reader of your unit. "
    "An owner of the unit can make you an editor."
)
# A change is signed when the units have read what it is about.
TAKES_PAPERS = (*CHANGE_EDITABLE, ChangeStatus.AWAITING)
TWO_PERSONS = _("You recommended this filing; another person must decide on it.")


@dataclass(frozen=True, slots=True)
class Answer:
    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Answer(True)


def is_of_unit(user, unit_id: int) -> bool:
    """Whether `user` reads what is the unit's, in any role."""
    return Membership.objects.filter(user=user, unit_id=unit_id).exists()


def acts_for_unit(user, unit_id: int) -> Answer:
    """Whether `user` may file, report and answer for the unit: its readers may not."""
    place = Membership.objects.filter(user=user, unit_id=unit_id).first()
    if place is None:
        return Answer(False, NOT_OF_UNIT)
    return YES if place.may_edit else Answer(False, READS_ONLY)


def may_read_documents(user, consortium: Consortium) -> bool:
    """The lead's people and the officers; a member sees its own part, not the others' papers."""
    return is_officer(user) or is_of_unit(user, consortium.lead_unit_id)


def may_read_document(user, document: Document) -> bool:
    """Who reads all of a filing's papers, and the unit whose paper it is."""
    if may_read_documents(user, document.consortium):
        return True
    return document.member is not None and is_of_unit(user, document.member.unit_id)


def get_open_to_uploads_or_404(user, pk: int) -> Consortium:
    """The filing being edited, or what was filed, for those who act for one of its units: a member
    may have a proof to upload, or evidence for its share of a report. Raises Http404 else."""
    led, joined = Consortium.objects.edited_by(user), Member.objects.edited_by(user)
    mine = Q(pk__in=led.values("pk")) | Q(pk__in=joined.values("consortium"))
    consortium = Consortium.objects.filter(mine, pk=pk).first()
    if consortium is None or not (consortium.is_editable or consortium.is_filed):
        raise Http404
    return consortium


def get_own_member_or_404(user, token: str) -> Member:
    """The member whose link this is, for those who act for its unit. Raises Http404 else."""
    members = Member.objects.select_related("joined_by", "consortium__lead_unit")
    member = members.filter(token=token).first()
    if member is None or not acts_for_unit(user, member.unit_id):
        raise Http404
    return member


def may_report_provincial(user, consortium: Consortium) -> Answer:
    """Whose word on an application for a provincial consortium is taken (clause 2): that of the
    people of the lead unit, and of the officers who review and decide."""
    if not consortium.is_filed:
        return Answer(False, _("Only a consortium that was filed goes on to the province."))
    if is_officer(user):
        if has_role(user, Role.REVIEWER, Role.DECIDER):
            return YES
        return Answer(False, _("This is for the role: %(role)s.") % {"role": LABELS[Role.REVIEWER]})
    if consortium.status == Status.REVOKED:
        return Answer(False, _("The qualification was cancelled."))
    return acts_for_unit(user, consortium.lead_unit_id)


def may_comment(user, consortium: Consortium) -> bool:
    """The officer whose turn it is collects what is to be mended."""
    turn = {Status.SUBMITTED: Role.INTAKE, Status.UNDER_REVIEW: Role.REVIEWER}
    return consortium.status in turn and has_role(user, turn[consortium.status])


def may_change_comment(user, comment: Remark) -> bool:
    """Any case officer, until the return that sends it: the list belongs to the desk."""
    return comment.sent_at is None and has_role(user, *CASE_OFFICERS)


def may_write_note(user) -> bool:
    """Any officer that may change something; the auditor reads."""
    return has_role(user, *ACTING)


def may_delete_note(user, note: InternalNote) -> bool:
    """Who wrote it: what an officer told its colleagues is not another's to take away."""
    return note.author_id == user.pk and may_write_note(user)


def may_take(user, action: Action, consortium: Consortium, on: date | None = None) -> Answer:
    """Whether `user` may take the move on a day (today by default), from the state that the
    calendar says. What the filing itself lacks is for the guards."""
    state = consortium.state_on(on or timezone.localdate())
    move = next((m for m in moves_from(state) if m.action == action), None)
    if move is None:
        return Answer(
            False,
            _("“%(action)s” is not possible while the filing is: %(status)s.")
            % {
                "action": Action(action).label,
                "status": state.label,
            },
        )
    who = move.who[state]
    if who == Actor.CALENDAR:
        return Answer(False, _("Only the calendar does this."))
    if who == Actor.LEAD:
        return acts_for_unit(user, consortium.lead_unit_id)
    if not has_role(user, who):
        return Answer(False, _("This is for the role: %(role)s.") % {"role": LABELS[who]})
    if decides(action) and consortium.recommended_by_id == user.pk:
        return Answer(False, TWO_PERSONS)
    return YES


def decides(action: Action) -> bool:
    """Whether the action is a decision on a recommendation, which needs a second person."""
    return action in (Action.PUBLISH, Action.FILE, Action.REJECT)


def actions_for(user, consortium: Consortium) -> list[tuple[Move, Answer]]:
    """The moves that concern this user now: the lead's for its people, an officer's for officers.

    Moves of another role are left out; one that is only refused to this person stays, with why.
    """
    officer = has_role(user, *CASE_OFFICERS)
    shown = []
    for move in moves_from(consortium.state):
        who = move.who[consortium.state]
        mine = has_role(user, who) if officer else who == Actor.LEAD
        if mine:
            shown.append((move, may_take(user, move.action, consortium)))
    return shown


def get_visible_or_404(user, pk: int) -> Consortium:
    """The consortium if the user may open it. Raises Http404: what is not yours does not exist."""
    consortium = Consortium.objects.visible_to(user).for_list().filter(pk=pk).first()
    if consortium is None:
        raise Http404
    return consortium


def get_change_or_404(user, pk: int, change_pk: int) -> Change:
    """The change if the user may read it. Raises Http404 else."""
    consortium = get_visible_or_404(user, pk)
    changes = Change.objects.read_by(user, consortium).select_related(
        "member__unit", "supplementary_agreement", "saved_by"
    )
    change = changes.filter(pk=change_pk).first()
    if change is None:
        raise Http404
    change.consortium = consortium
    return change


def get_own_change_or_404(user, pk: int, change_pk: int) -> Change:
    """The change if the user acts for the lead unit. Raises Http404 else."""
    change = get_change_or_404(user, pk, change_pk)
    if not acts_for_unit(user, change.consortium.lead_unit_id):
        raise Http404
    return change


def get_renaming_or_404(user, pk: int) -> Renaming:
    """The renaming if it is of a unit of the user's. Raises Http404 else."""
    own = Renaming.objects.filter(unit__memberships__user=user).select_related("unit")
    renaming = own.filter(pk=pk).first()
    if renaming is None:
        raise Http404
    return renaming


def get_of_lead_or_404(user, pk: int) -> Consortium:
    """The consortium if the user may act for its lead unit. Raises Http404 else."""
    consortium = Consortium.objects.edited_by(user).for_list().filter(pk=pk).first()
    if consortium is None:
        raise Http404
    return consortium


def get_editable_or_404(user, pk: int) -> Consortium:
    """The consortium if the user may edit it now. Raises Http404 else."""
    today = timezone.localdate()
    consortium = Consortium.objects.edited_by(user).for_rules(today).filter(pk=pk).first()
    if consortium is None or not consortium.is_editable:
        raise Http404
    return consortium
