"""The only writer of a support request's status; the same shape as the filing's lifecycle."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.eligibility.engine import blocking
from filings.models import Policy
from filings.permissions import Answer
from filings.refusals import Conflict, NotPermitted, Refused
from filings.snapshot import plain
from filings.workdays import add_workdays
from reports.models import SupportEvent, SupportRequest
from reports.support import eligibility
from reports.support.content import taken
from reports.support.kinds import Kind
from reports.support.notifications import announce
from reports.support.permissions import may_begin, may_take
from reports.support.states import MOVES, Action, Entry

RESULT = ("result_number", "result_amount", "result_institution", "result_year")


@transaction.atomic
def perform(
    request_id: int,
    action: str,
    *,
    actor,
    reason: str = "",
    expected_version: int | None = None,
    result: dict[str, Any] | None = None,
) -> SupportEvent:
    """Take one move and return its event; `result` is what came of a request that was granted.

    Raises Refused (NotPermitted, Conflict) with words for people; nothing is written then.
    """
    move, reason = MOVES[Action(action)], reason.strip()
    request = locked(request_id)
    if expected_version is not None and expected_version != request.version:
        raise Conflict(_told(request))
    answer = may_take(actor, action, request)
    if not answer:
        raise (NotPermitted if request.status in move.who else Refused)(answer.reason)
    if move.needs_reason and not reason:
        raise Refused(_("Give the reason: it goes to the unit that asks and stays in the history."))
    findings = GUARDS.get(move.action, _nothing)(request, actor)
    before = request.status
    data = EFFECTS[move.action](request, actor, result or {}) | findings
    request.status = move.target
    request.version += 1
    request.save()
    event = _enter(request, action, actor, before, reason, data)
    announce(event)
    return event


def locked(request_id: int) -> SupportRequest:
    """The request, nobody else's to write until the transaction ends."""
    rows = lock(SupportRequest.objects)
    return rows.select_related("consortium__lead_unit", "unit").get(pk=request_id)


def record(request: SupportRequest, entry: Entry, actor, reason: str = "", **data) -> SupportEvent:
    """Write an entry of the history that moves nothing."""
    return _enter(request, entry, actor, request.status, reason, data)


def _enter(request, action, actor, before, reason, data) -> SupportEvent:
    return SupportEvent.objects.create(
        request=request, action=action, actor=actor, at=timezone.now(), from_status=before,
        to_status=request.status, reason=reason, data=data,
    )  # fmt: skip


def _told(request: SupportRequest) -> str:
    last = request.events.select_related("actor").last()
    return _("Meanwhile: “%(action)s” by %(who)s. Look at it again before you go on.") % {
        "action": last.get_action_display() if last else _("Save"),
        "who": last.actor if last else request.saved_by or "—",
    }


def outlook(user, action: str, request: SupportRequest) -> Answer:
    """Whether `user` could take the move now, with what stands in the way; writes nothing."""
    answer = may_take(user, action, request)
    if answer:
        try:
            GUARDS.get(Action(action), _nothing)(request, user)
        except Refused as refused:
            return Answer(False, refused.message)
    return answer


def _nothing(_request, _actor) -> dict:
    return {}


def _may_be_asked(request: SupportRequest, actor) -> dict:
    """Its unit may still ask, and nothing hinders it."""
    answer = may_begin(actor, request.consortium, request.unit, request.kind)
    if not answer:
        raise Refused(answer.reason)
    return _unhindered(eligibility.to_submit(request))


def _may_be_approved(request: SupportRequest, _actor) -> dict:
    """State and record of all units concerned allow a yes today."""
    return _unhindered(eligibility.to_decide(request))


def _may_be_passed_on(request: SupportRequest, actor) -> dict:
    """What institutions hear of a financing need, they hear with the asker's consent (4.3)."""
    if request.kind == Kind.FINANCING and not request.consent:
        raise Refused(_("The unit has not consented that it is passed on."))
    return _may_be_approved(request, actor)


def _unhindered(findings) -> dict:
    blocked = blocking(findings)
    if blocked:
        raise Refused(_("This still stands in the way: %(first)s") % {"first": blocked[0].message})
    return {"findings": [finding.as_dict() for finding in findings]}


GUARDS = {
    Action.SUBMIT: _may_be_asked,
    Action.RECOMMEND: _may_be_approved,
    Action.FORWARD: _may_be_passed_on,
}


def _submit(request: SupportRequest, actor, _result) -> dict:
    """The content is frozen, and the priority index of the day with what it is made of."""
    request.submitted_at, request.submitted_by = timezone.now(), actor
    request.year = timezone.localdate().year
    request.correction_due_on = None
    index = eligibility.index_of(request.consortium)
    request.priority, request.priority_parts = index.score, eligibility.frozen(index)
    return {"content": taken(request)}


def _withdraw(request: SupportRequest, _actor, _result) -> dict:
    request.correction_due_on = None
    return {}


def _return(request: SupportRequest, _actor, _result) -> dict:
    days = Policy.objects.in_force().correction_days
    request.correction_due_on = add_workdays(timezone.localdate(), days)
    return {}


def _assess(_request, _actor, _result) -> dict:
    """The opinion is the reason of the move."""
    return {}


def _decide(request: SupportRequest, actor, _result) -> dict:
    request.decided_at, request.decided_by = timezone.now(), actor
    return {}


def _grant(request: SupportRequest, _actor, result) -> dict:
    """What came of it; the event keeps it, so that a later correction shows what stood there."""
    for name in (*request.measure.result, "result_year"):
        if not result.get(name):
            label = SupportRequest._meta.get_field(name).verbose_name
            raise Refused(_("The result needs: %(field)s.") % {"field": label})
    return _keep(request, {name: result.get(name) for name in RESULT})


def _fail(request: SupportRequest, _actor, _result) -> dict:
    return _keep(request, {})


def _keep(request: SupportRequest, result: dict[str, str | int | Decimal | None]) -> dict:
    for name in RESULT:
        field = SupportRequest._meta.get_field(name)
        setattr(request, name, result.get(name) or (None if field.null else ""))
    return {"result": {name: plain(getattr(request, name)) for name in RESULT}}


EFFECTS = {
    Action.SUBMIT: _submit,
    Action.WITHDRAW: _withdraw,
    Action.RETURN: _return,
    Action.ASSESS: _assess,
    Action.RECOMMEND: _decide,
    Action.FORWARD: _decide,
    Action.DECLINE: _decide,
    Action.GRANT: _grant,
    Action.FAIL: _fail,
}
