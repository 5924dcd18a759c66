"""The only writer of a change's status: the same shape as that of a filing (clause 5.3).

What a report brings is days on rows: from when a member is one, until when. What holds on a day is
read from them (`filings.as_of`), so that nothing has to run when the day comes.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import LABELS, has_role
from filings import change_content, search
from filings.casework import fulfil_duties, reopen_duties
from filings.change_confirmation import ask_members
from filings.change_findings import findings_of, hindrances
from filings.change_states import LEAD, MOVES, ChangeAction
from filings.database import lock
from filings.eligibility.engine import blocking
from filings.eligibility.rules.change import WHAT, WHY
from filings.history import record
from filings.models import Change, ChangeKind, Consortium, Event, Member
from filings.notifications import announce_change
from filings.permissions import YES, Answer, acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Entry, Status

ENTRIES = {
    ChangeAction.ASK: Entry.CHANGE_ASKED,
    ChangeAction.REOPEN: Entry.CHANGE_REOPENED,
    ChangeAction.REPORT: Entry.CHANGE,
    ChangeAction.WITHDRAW: Entry.CHANGE_WITHDRAWN,
    ChangeAction.RETURN: Entry.CHANGE_RETURNED,
    ChangeAction.NOTE: Entry.CHANGE_NOTED,
    ChangeAction.DROP: Entry.CHANGE_DROPPED,
}


def may_take(user, action: str, change: Change) -> Answer:
    """Whether `user` may take the move now; what the change lacks is for the guards."""
    move = MOVES[ChangeAction(action)]
    if change.status not in move.sources:
        return Answer(
            False,
            _("“%(action)s” is not possible while the change is: %(status)s.")
            % {"action": ChangeAction(action).label, "status": change.get_status_display()},
        )
    if move.who == LEAD:
        return acts_for_unit(user, change.consortium.lead_unit_id)
    if has_role(user, move.who):
        return YES
    return Answer(False, _("This is for the role: %(role)s.") % {"role": LABELS[move.who]})


def actions_for(user, change: Change) -> list[ChangeAction]:
    return [action for action in ChangeAction if may_take(user, action, change)]


@transaction.atomic
def perform(
    change_id: int, action: str, *, actor, reason: str = "", expected_version: int | None = None
) -> Event:
    """Take one move and return its entry in the consortium's history.

    Raises Refused (NotPermitted, Conflict) with words for people; nothing is written then.
    """
    action = ChangeAction(action)
    move, reason = MOVES[action], reason.strip()
    change = _locked(change_id)
    if expected_version is not None and expected_version != change.version:
        raise _overtaken(change)
    answer = may_take(actor, action, change)
    if not answer:
        raise (NotPermitted if change.status in move.sources else Refused)(answer.reason)
    if move.needs_reason and not reason:
        raise Refused(_("Say what is to be mended: the lead unit reads it."))
    EFFECTS[action](change, actor, reason)
    change.status = move.target
    change.version += 1
    change.save()
    said = reason or change.description
    data = {"change": change.pk, "kind": change.kind, "version": change.version}
    event = record(change.consortium, ENTRIES[action], actor, said, **data)
    announce_change(event, change)
    return event


def _locked(change_id: int) -> Change:
    """The consortium first, then the change: the order in which everybody locks them."""
    found = Change.objects.get(pk=change_id)
    consortium = lock(Consortium.objects.for_list()).get(pk=found.consortium_id)
    change = lock(Change.objects).select_related("member__unit").get(pk=change_id)
    change.consortium = consortium
    return change


def _overtaken(change: Change) -> Conflict:
    events = change.consortium.events.filter(data__change=change.pk).select_related("actor")
    last = events.last()
    if last is None or last.data.get("version") != change.version:
        return Conflict(
            _("%(who)s changed it meanwhile: look at it again before you go on.")
            % {"who": change.saved_by or "—"}
        )
    return Conflict(
        _("Meanwhile: “%(action)s” by %(who)s. Look at it again before you go on.")
        % {"action": last.get_action_display(), "who": last.actor or "—"}
    )


def _ask(change: Change, actor, _reason) -> None:
    open_now = [f for f in blocking(findings_of(change)) if f.step in (WHAT, WHY)]
    if open_now:
        raise Refused(_("This still stands in the way: %(first)s") % {"first": open_now[0].message})
    ask_members(change)


def _report(change: Change, actor, _reason) -> None:
    consortium = change.consortium
    # One that was reported in time and returned is mended also after the last day.
    if consortium.state != Status.ACTIVE and not change.reported_at:
        raise Refused(_("Changes are reported while the consortium is running."))
    findings = findings_of(change)
    if open_now := hindrances(change, findings):
        raise Refused(_("This still stands in the way: %(first)s") % {"first": open_now[0].message})
    change.before = change_content.taken_before(change)
    change.findings = [finding.as_dict() for finding in findings]
    change.reported_by, change.reported_at = actor, timezone.now()
    if change.kind == ChangeKind.JOIN:
        _refuse_if_member_then(change)
        _set_day(change.member, joined_on=change.effective_on)
    if change.kind == ChangeKind.LEAVE:
        if change.member.left_on:
            raise Refused(_("Another change has %(unit)s leave already.") % {"unit": change.member})
        _set_day(change.member, left_on=change.effective_on)
    if change.kind == ChangeKind.LEAVE:
        fulfil_duties(change)
    search.index([consortium.pk])


def _refuse_if_member_then(change: Change) -> None:
    """No two rows of one unit for the same day."""
    rows = change.consortium.members.filter(unit=change.member.unit_id).exclude(pk=change.member_id)
    there = rows.filter(Q(joined_by__isnull=True) | Q(joined_on__isnull=False))
    if there.filter(Q(left_on__isnull=True) | Q(left_on__gt=change.effective_on)).exists():
        raise Refused(_("This unit is already a member of the consortium."))


def _set_day(member: Member, **days) -> None:
    for name, day in days.items():
        setattr(member, name, day)
    member.save(update_fields=list(days))


def _take_back(change: Change, actor, reason) -> None:
    """Out of effect until it is reported again; its day stands as agreed."""
    if change.kind in (ChangeKind.JOIN, ChangeKind.LEAVE):
        member = change.member
        again = Q(kind=ChangeKind.JOIN, member__unit=member.unit_id)
        later = change.consortium.changes.in_effect().exclude(pk=change.pk)
        built = later.filter(again if change.kind == ChangeKind.LEAVE else Q(member=member))
        if built.exists():
            raise Refused(_("A later change builds on it: %(change)s.") % {"change": built.first()})
        _set_day(member, **{"joined_on" if change.kind == ChangeKind.JOIN else "left_on": None})
    reopen_duties(change, actor)
    search.index([change.consortium_id])
    change.to_mend = reason


def _note(change: Change, actor, _reason) -> None:
    change.noted_by, change.noted_at, change.to_mend = actor, timezone.now(), ""


def _drop(change: Change, _actor, _reason) -> None:
    """A unit that never joined leaves no row behind; what it uploaded stays as papers that were
    removed."""
    if change.kind != ChangeKind.JOIN or change.member is None:
        return
    member, change.member = change.member, None
    change.after = {"name": member.name, "uscc": member.uscc}
    change.save(update_fields=["member", "after"])
    member.documents.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())
    member.delete()


def _nothing(_change, _actor, _reason) -> None:
    """Nothing but the status changes."""


EFFECTS: dict[ChangeAction, Callable] = {
    ChangeAction.ASK: _ask,
    ChangeAction.REOPEN: _nothing,
    ChangeAction.REPORT: _report,
    ChangeAction.WITHDRAW: _take_back,
    ChangeAction.RETURN: _take_back,
    ChangeAction.NOTE: _note,
    ChangeAction.DROP: _drop,
}
