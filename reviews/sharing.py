"""Who works on which filing: claimed, assigned, handed over, and shared out by load.

Nothing here is needed to act on a filing; it tells colleagues that somebody is at it.
"""

from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import CASE_OFFICERS, Role
from filings.database import lock
from filings.history import record
from filings.holding import FREE, held
from filings.models import Consortium
from filings.notifications import officers
from filings.permissions import Answer
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import STAGES, Entry
from reviews.models import Assignment
from reviews.notifications import assigned
from reviews.permissions import may_assign, may_claim, may_release, may_work_on

NOBODY = _("Nobody in this role is left to assign it to.")


def stage_of(consortium: Consortium) -> Role | None:
    """The role whose desk the filing lies on; None while nothing is asked of the bureau."""
    return STAGES.get(consortium.status)


def holder_of(consortium: Consortium) -> Assignment | None:
    """Who has the filing at the stage it is in. Reads `assignments`, prefetched in lists."""
    stage = stage_of(consortium)
    return next((a for a in consortium.assignments.all() if a.stage == stage), None)


def shares(consortium: Consortium):
    """The officers who could take the filing now, the least busy first; `load` is how many open
    filings each has at this stage. Who recommended it is not among those who decide on it."""
    stage = stage_of(consortium)
    states = [status for status, role in STAGES.items() if role == stage]
    open_here = Q(assignments__stage=stage, assignments__consortium__status__in=states)
    others = officers(stage).annotate(load=Count("assignments", filter=open_here))
    if stage == Role.DECIDER and consortium.recommended_by_id:
        others = others.exclude(pk=consortium.recommended_by_id)
    return others.order_by("load", "pk")


def everybody():
    """All case officers with what each has open at any stage, by name."""
    at_stage = (
        Q(assignments__stage=role, assignments__consortium__status=status)
        for status, role in STAGES.items()
    )
    return (
        get_user_model()
        .objects.filter(groups__name__in=CASE_OFFICERS, is_active=True, is_staff=True)
        .annotate(load=Count("assignments", filter=reduce(or_, at_stage), distinct=True))
        .order_by("full_name", "pk")
    )


@transaction.atomic
def claim(consortium_id: int, *, user) -> Assignment:
    """Take a filing that nobody has. Raises Conflict, with who was quicker, or NotPermitted."""
    consortium, holder = _locked(consortium_id)
    if holder is not None:
        raise Conflict(held(holder.officer, holder.assigned_at, user))
    _refuse_unless(may_claim(user, consortium))
    return _put(consortium, holder, user, user)


@transaction.atomic
def assign(consortium_id: int, *, user, officer=None, seen: int | None = None) -> Assignment:
    """Give a filing to `officer`, or, when nobody has it, to the least busy of its role.

    `seen` is the officer that had it when `user` chose (0: nobody); None takes it from whoever
    has it. Raises Conflict when somebody else has it meanwhile, NotPermitted for the two-person
    rule and for another role.
    """
    consortium, holder = _locked(consortium_id)
    _refuse_unless(may_assign(user, consortium))
    changed = seen is not None and seen != (holder.officer_id if holder else 0)
    if holder is not None and (officer is None or changed or holder.officer_id == officer.pk):
        raise Conflict(held(holder.officer, holder.assigned_at, user))
    if changed:
        raise Conflict(_("Its officer has released it meanwhile: look at it again."))
    officer = officer or shares(consortium).first()
    if officer is None:
        raise Refused(NOBODY)
    _refuse_unless(may_work_on(officer, consortium))
    return _put(consortium, holder, officer, user)


@transaction.atomic
def release(consortium_id: int, *, user) -> None:
    """Give a filing back to the desk. Raises Conflict when nobody has it any more."""
    consortium, holder = _locked(consortium_id)
    if holder is None:
        raise Conflict(FREE.reason)
    _refuse_unless(may_release(user, holder))
    holder.delete()
    record(consortium, Entry.RELEASED, user, officer=holder.officer_id, stage=holder.stage)


def _locked(consortium_id: int) -> tuple[Consortium, Assignment | None]:
    consortium = lock(Consortium.objects).get(pk=consortium_id)
    stage = stage_of(consortium)
    found = consortium.assignments.filter(stage=stage).select_related("officer").first()
    return consortium, found


def _refuse_unless(answer: Answer) -> None:
    if not answer:
        raise NotPermitted(answer.reason)


def _put(consortium, holder: Assignment | None, officer, user) -> Assignment:
    found = holder or Assignment(consortium=consortium, stage=stage_of(consortium))
    found.officer, found.assigned_by, found.assigned_at = officer, user, timezone.now()
    found.save()
    event = record(
        consortium, Entry.ASSIGNED, user, str(officer), officer=officer.pk, stage=found.stage
    )
    if officer != user:
        assigned(event, officer)
    return found
