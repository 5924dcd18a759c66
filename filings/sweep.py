"""What the calendar does to consortia: expire, lapse, remind. Any number of times, each thing once.

Expiry is true by the date alone (`Consortium.state_on`); the sweep records it and tells people. It
goes in batches that commit, so that one that is killed goes on where it stopped, and two at once
share the work.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone

from filings import uploads
from filings.confirmation import remind_member
from filings.models import ChangeDuty, Consortium, Member, Policy
from filings.notifications import (
    Reminder,
    announce_untold,
    duty_is_overdue,
    remind_all,
    remind_duty,
)
from filings.states import Action, Status
from filings.transitions import perform_due

BATCH = 1000


def run(on: date | None = None) -> dict[str, int]:
    """Do everything that is due on `on` (today by default); return how often each was done."""
    day = on or timezone.localdate()
    policy = Policy.objects.in_force(day)
    consortia = Consortium.objects.order_by("pk").select_related("lead_unit")
    expiries = policy.rungs(policy.expiry_reminder_days)
    corrections = policy.rungs(policy.correction_reminder_days)
    moved = {
        "expired": _move_all(Action.EXPIRE, day),
        "lapsed": _move_all(Action.LAPSE, day),
    }
    while announce_untold(BATCH):
        pass
    return moved | {
        "uploads_dropped": uploads.sweep(),
        "members_reminded": _remind_members(policy.rungs(policy.member_reminder_days), day),
        "reminded": _remind_all(
            consortia.filter(status=Status.ACTIVE), "ends_on", "reminder_expiry", expiries, day
        )
        + _remind_all(
            consortia.filter(status=Status.RETURNED),
            "correction_due_on",
            "reminder_correction",
            corrections,
            day,
        ),
        "duties_reminded": _remind_duties(corrections, day),
    }


def outlook(on: date | None = None) -> dict[str, QuerySet[Consortium]]:
    """What `run` would move on `on`; nothing is written."""
    day = on or timezone.localdate()
    due = Consortium.objects.order_by("pk").select_related("lead_unit")
    return {"expired": due.due_to(Action.EXPIRE, day), "lapsed": due.due_to(Action.LAPSE, day)}


def _move_all(action: Action, day: date) -> int:
    moved, after = 0, 0
    while batch := perform_due(action, day, after=after, most=BATCH):
        moved, after = moved + len(batch), batch[-1]
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


def _remind_duties(rungs: tuple[int, ...], day: date) -> int:
    """Remind lead units of members that they must replace; tell the bureau of overdue ones."""
    duties = ChangeDuty.objects.select_related("member", "consortium__lead_unit")
    for duty in duties.overdue(day).iterator(chunk_size=BATCH):
        duty_is_overdue(duty)
    ends = day + timedelta(days=max(rungs, default=-1))
    told = 0
    for duty in duties.open().filter(due_on__gte=day, due_on__lte=ends).iterator(chunk_size=BATCH):
        rung = min(days for days in rungs if (duty.due_on - day).days <= days)
        remind_duty(duty, days=rung)
        told += 1
    return told


def _remind_all(consortia, field: str, kind: str, rungs: tuple[int, ...], day: date) -> int:
    """Send the nearest rung that has come, so that a day of downtime delays a reminder but one
    after another does not pile up."""
    if not rungs:
        return 0
    due = consortia.filter(
        **{f"{field}__gte": day, f"{field}__lte": day + timedelta(days=max(rungs))}
    )
    reminders = (
        Reminder(consortium, deadline, min(d for d in rungs if (deadline - day).days <= d))
        for consortium in due.iterator(chunk_size=BATCH)
        for deadline in [getattr(consortium, field)]
    )
    return sum(remind_all(batch, kind=kind) for batch in _batches(reminders))


def _batches(items: Iterable) -> Iterator[list]:
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch
