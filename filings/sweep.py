"""What the calendar does to consortia: expire, lapse, remind. Any number of times, each thing once.

Expiry is true by the date alone (`Consortium.state_on`); the sweep records it and tells people.
Every consortium is its own transaction, so a sweep that is killed goes on where it stopped.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from filings import uploads
from filings.confirmation import remind_member
from filings.models import ChangeDuty, Consortium, Member, Policy
from filings.notifications import duty_is_overdue, remind, remind_duty
from filings.refusals import Refused
from filings.states import Action, Status
from filings.transitions import perform

log = logging.getLogger(__name__)


def run(on: date | None = None) -> dict[str, int]:
    """Do everything that is due on `on` (today by default); return how often each was done."""
    day = on or timezone.localdate()
    consortia = Consortium.objects.order_by("pk")
    done = Counter(
        expired=_move_all(consortia.due_to_expire(day), Action.EXPIRE, day),
        lapsed=_move_all(consortia.due_to_lapse(day), Action.LAPSE, day),
        reminded=0,
        uploads_dropped=uploads.sweep(),
    )
    policy = Policy.objects.in_force(day)
    done["members_reminded"] = _remind_members(policy.rungs(policy.member_reminder_days), day)
    running = consortia.filter(status=Status.ACTIVE)
    returned = consortia.filter(status=Status.RETURNED)
    done["reminded"] += _remind_all(
        running, "ends_on", "reminder_expiry", policy.rungs(policy.expiry_reminder_days), day
    )
    done["reminded"] += _remind_all(
        returned,
        "correction_due_on",
        "reminder_correction",
        policy.rungs(policy.correction_reminder_days),
        day,
    )
    done["duties_reminded"] = _remind_duties(policy.rungs(policy.correction_reminder_days), day)
    return dict(done)


def _remind_duties(rungs: tuple[int, ...], day: date) -> int:
    """Remind lead units of members that they must replace; tell the bureau of overdue ones."""
    overdue = ChangeDuty.objects.overdue(day).select_related("member", "consortium__lead_unit")
    for duty in overdue.iterator(chunk_size=1000):
        duty_is_overdue(duty)
    ends = day + timedelta(days=max(rungs, default=-1))
    due = ChangeDuty.objects.open().filter(due_on__gte=day, due_on__lte=ends)
    told = 0
    for duty in due.select_related("member", "consortium__lead_unit").iterator(chunk_size=1000):
        rung = min(days for days in rungs if (duty.due_on - day).days <= days)
        remind_duty(duty, days=rung)
        told += 1
    return told


def _move_all(due, action: Action, day: date) -> int:
    moved = 0
    for pk in due.values_list("pk", flat=True).iterator(chunk_size=1000):
        try:
            perform(pk, action, actor=None, on=day)
            moved += 1
        except Refused:
            # Another worker, or a person, was quicker between the list and the lock.
            log.info("%s of consortium %s was no longer due", action, pk)
    return moved


def _remind_members(rungs: tuple[int, ...], day: date) -> int:
    """Ask members that have not answered once more, at the latest rung that has come."""
    told = 0
    waiting = Member.objects.waiting_for().values_list("pk", "invited_at").order_by("pk")
    for pk, asked_at in waiting.iterator(chunk_size=1000):
        passed = (day - timezone.localdate(asked_at)).days
        come = [rung for rung in rungs if rung <= passed]
        told += bool(come) and remind_member(pk, rung=max(come))
    return told


def _remind_all(consortia, field: str, kind: str, rungs: Iterable[int], day: date) -> int:
    """Send the nearest rung that has come, so that a day of downtime delays a reminder but one
    after another does not pile up."""
    rungs = tuple(rungs)
    if not rungs:
        return 0
    due = consortia.filter(
        **{f"{field}__gte": day, f"{field}__lte": day + timedelta(days=max(rungs))}
    )
    told = 0
    for consortium in due.select_related("lead_unit").iterator(chunk_size=1000):
        deadline = getattr(consortium, field)
        rung = min(days for days in rungs if (deadline - day).days <= days)
        remind(consortium, kind=kind, due=deadline, days=rung)
        told += 1
    return told
