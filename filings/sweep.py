"""What the calendar does to consortia: expire, lapse, remind. Any number of times, each thing once.

That a term or the time for correction is over is true by the date alone (`Consortium.state_on`);
the sweep records it and tells people. It goes in batches that commit, so that one that is killed
goes on where it stopped, and two at once share the work.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.roles import Role
from filings import uploads
from filings.confirmation import remind_member
from filings.deadlines import (
    Deadline,
    Kind,
    confirmations,
    corrections,
    expiries,
    member_changes,
    of_lead,
)
from filings.models import ChangeDuty, Consortium, Member, Policy
from filings.notifications import announce_untold, units_told
from filings.reminders import BATCH, PASSED, Reminder, climbing, in_batches, passed, tell
from filings.states import Action
from filings.transitions import perform_due


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the calendar: of which deadline the day is over then, and who is told."""

    action: Action
    kind: Kind
    why: str
    members_too: bool = False


MOVES = {
    "expired": Move(Action.EXPIRE, Kind.EXPIRY, _("the term is over"), members_too=True),
    "lapsed": Move(Action.LAPSE, Kind.CORRECTION, PASSED),
}


def run(on: date | None = None) -> dict[str, int]:
    """Do everything that is due on `on` (today by default); return how often each was done."""
    day = on or timezone.localdate()
    moved = {what: _move_all(move.action, day) for what, move in MOVES.items()}
    while announce_untold(BATCH):
        pass
    return moved | {
        "uploads_dropped": uploads.sweep(),
        "members_reminded": sum(
            remind_member(reminder.deadline.pk, rung=reminder.rung)
            for reminder in members_to_remind(day)
        ),
        "reminded": tell(reminders(day)),
    }


def outlook(on: date | None = None) -> dict[str, QuerySet[Consortium]]:
    """What `run` would move on `on`; nothing is written."""
    day = on or timezone.localdate()
    due = Consortium.objects.order_by("pk").select_related("lead_unit")
    return {what: due.due_to(move.action, day) for what, move in MOVES.items()}


def to_tell(day: date) -> Iterator[Reminder]:
    """All that `run` tells on `day`, for who looks ahead."""
    yield from _ends(day)
    yield from members_to_remind(day)
    yield from reminders(day)


def reminders(day: date) -> Iterator[Reminder]:
    """What stands on its ladder on `day`, and what was not done in its time."""
    policy, consortia = Policy.objects.in_force(day), Consortium.objects.all()
    ladder = policy.expiry_ladder
    ending = consortia.filter(ends_on__lte=ladder.reach(day))
    yield from climbing(
        expiries(ending, day), ladder, day,
        message="reminder_expiry", stem="reminder_expiry", words=_numbered,
    )  # fmt: skip
    ladder = policy.correction_ladder
    returned = consortia.filter(correction_due_on__range=(day, ladder.reach(day)))
    yield from climbing(
        corrections(returned, day), ladder, day,
        message="reminder_correction", stem="reminder_correction",
    )  # fmt: skip
    ladder = policy.duty_ladder
    asked = ChangeDuty.objects.filter(due_on__lte=ladder.reach(day))
    yield from climbing(
        member_changes(asked.filter(due_on__gte=day), day), ladder, day,
        message="duty_reminder", stem="duty", words=_member,
    )  # fmt: skip
    yield from passed(
        member_changes(asked.filter(due_on__lt=day), day), day,
        message="duty_overdue", stem="duty-late",
        roles=(Role.REVIEWER,), url=_duty_at_the_desk, words=_member,
    )  # fmt: skip


def members_to_remind(day: date) -> Iterator[Reminder]:
    """Members that have not answered, at the latest rung of days since they were asked."""
    policy = Policy.objects.in_force(day)
    rungs = policy.rungs(policy.member_reminder_days)
    for deadline in confirmations(Member.objects.select_related("unit"), day):
        member = deadline.row
        asked_on = timezone.localdate(member.invited_at)
        come = [rung for rung in rungs if asked_on + timedelta(days=rung) <= day]
        if come and max(come) > member.reminded_rung:
            rung = max(come)
            yield Reminder(
                deadline,
                "member_confirm",
                "",
                asked_on + timedelta(days=rung),
                format_lazy(
                    ngettext_lazy("asked {days} day ago", "asked {days} days ago", rung), days=rung
                ),
                deadline.url,
                rung=rung,
                units=(member.unit_id,),
                editors_only=True,
                contact=member.contact_email,
            )


def _ends(day: date) -> Iterator[Reminder]:
    """What the moves of `run` tell: the end of a term to members too."""
    for what, due in outlook(day).items():
        move = MOVES[what]
        for batch in in_batches(due.iterator(chunk_size=BATCH)):
            units = units_told(batch, with_members=batch if move.members_too else ())
            for consortium in batch:
                found = of_lead(move.kind, consortium)
                yield Reminder(
                    found,
                    f"filing_{move.action}",
                    "",
                    found.day + timedelta(days=1),
                    move.why,
                    found.url,
                    units=tuple(units[consortium.pk]),
                )


def _numbered(consortium: Consortium) -> dict[str, str]:
    return {"number": consortium.filing_number}


def _member(duty: ChangeDuty) -> dict[str, str]:
    return {"member": duty.member.name, "lead": duty.consortium.lead_unit.name}


def _duty_at_the_desk(found: Deadline) -> str:
    return reverse("admin:filings_changeduty_change", args=[found.pk])


def _move_all(action: Action, day: date) -> int:
    moved, after = 0, 0
    while batch := perform_due(action, day, after=after, most=BATCH):
        moved, after = moved + len(batch), batch[-1]
    return moved
