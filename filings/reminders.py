"""What is to be told of deadlines on a day, to whom and why; and telling it, once.

The sweeps tell what `climbing` and `passed` give; who looks ahead is shown the same. Who is told is
asked at the moment of telling, by the state of that moment.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.roles import LABELS
from filings.deadlines import Deadline
from filings.ladder import Ladder
from filings.notifications import memberships_by_unit, officers
from notices.models import Message
from notices.services import Notice, notify_all

BATCH = 1000
PASSED = _("its day has passed")
HAS_IT = _("has it in hand")
NO_ACCOUNT = _("no account yet: by e-mail alone")


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to tell of a deadline from the day `since` on; `when` says in words why now.

    `message` names the mail; `key` is what makes it once, empty where it is known only when it is
    told; `rung` are the days before the deadline, or below nought the weeks after. `overtaken` are
    the keys of later reminders: once one of them was told, as before a clock was set back, this one
    has nothing to add. Told are the `people`, or if there are none, the `roles`; and the `units`.
    """

    deadline: Deadline
    message: str
    key: str
    since: date
    when: str
    url: str
    context: Mapping[str, Any] = field(default_factory=dict)
    rung: int | None = None
    overtaken: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    barred: tuple[int | None, ...] = ()
    # Only those who may act for the units; where there is nobody yet, an address outside.
    editors_only: bool = False
    contact: str = ""

    def notice(self, recipients: Sequence) -> Notice:
        found = self.deadline
        common = {"name": found.subject, "what": found.label, "who": found.owed_by}
        when = {"due": found.day, "days": self.rung}
        return Notice(
            recipients, self.key, self.message, common | when | {**self.context}, self.url
        )


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody without an account, who is written to at an address that the filing names."""

    address: str
    pk: None = None

    def __str__(self):
        return self.address


@dataclass(frozen=True, slots=True)
class Addressed:
    """A reminder with those who get it: (person, why this one)."""

    reminder: Reminder
    recipients: tuple[tuple[Any, str], ...]


def climbing(
    deadlines: Iterable[Deadline],
    ladder: Ladder,
    day: date,
    *,
    message: str,
    stem: str = "",
    overdue: str = "",
    words: Callable[[Any], Mapping[str, Any]] | None = None,
) -> Iterator[Reminder]:
    """The rung on which each deadline stands on `day`, told to those who owe it.

    `stem` begins the key, the kind by default; `overdue` names the mail of the weeks after; `words`
    takes what the deadline was read from and gives what the mail says more.
    """
    for deadline in deadlines:
        rung = ladder.rung(day, deadline.day) if deadline.day else None
        if rung is None:
            continue
        key = f"{stem or deadline.kind.value}:{deadline.pk}:{deadline.day.isoformat()}"
        yield Reminder(
            deadline,
            message if rung >= 0 else overdue,
            f"{key}:{rung}",
            ladder.since(rung, deadline.day),
            _in_words(rung, ladder.in_workdays),
            deadline.url,
            words(deadline.row) if words else {},
            rung,
            tuple(f"{key}:{nearer}" for nearer in ladder.nearer(rung)),
            deadline.units,
            deadline.roles,
            deadline.people,
            deadline.barred,
        )


def passed(
    deadlines: Iterable[Deadline],
    day: date,
    *,
    message: str,
    stem: str = "",
    roles: tuple[str, ...] = (),
    url: Callable[[Deadline], str] | None = None,
    words: Callable[[Any], Mapping[str, Any]] | None = None,
) -> Iterator[Reminder]:
    """What was not done by the end of its day, told once: to the officers of `roles`, or where none
    are named to those whose it is."""
    for deadline in deadlines:
        if deadline.day and deadline.day < day:
            yield Reminder(
                deadline,
                message,
                f"{stem or deadline.kind.value + '-late'}:{deadline.pk}:{deadline.day.isoformat()}",
                deadline.day + timedelta(days=1),
                PASSED,
                url(deadline) if url else deadline.url,
                words(deadline.row) if words else {},
                roles=roles or deadline.roles,
                people=() if roles else deadline.people,
            )


def _in_words(rung: int, in_workdays: bool) -> str:
    if rung < 0:
        return format_lazy(_("overdue, week {week}"), week=-rung)
    if in_workdays:
        return format_lazy(
            ngettext_lazy(
                "{days} working day or less is left",
                "{days} working days or fewer are left",
                rung,
            ),
            days=rung,
        )
    return format_lazy(
        ngettext_lazy("{days} day or less is left", "{days} days or fewer are left", rung),
        days=rung,
    )


def addressed(batch: Sequence[Reminder]) -> Iterator[Addressed]:
    """Each reminder that has not been overtaken, with those who get it, in a few queries."""
    later = {key for reminder in batch for key in reminder.overtaken}
    told = set(Message.objects.filter(key__in=later).values_list("key", flat=True)) if later else ()
    of_unit = memberships_by_unit(unit for reminder in batch for unit in reminder.units)
    of_role = {role: list(officers(role)) for role in {r for each in batch for r in each.roles}}
    wanted = {person for reminder in batch for person in reminder.people}
    people = get_user_model().objects.filter(is_active=True, is_staff=True).in_bulk(wanted)
    for reminder in batch:
        if any(key in told for key in reminder.overtaken):
            continue
        found = {pk: (people[pk], HAS_IT) for pk in reminder.people if pk in people}
        if not found:
            told_by_role = ((o, r) for r in reminder.roles for o in of_role[r])
            found = {o.pk: (o, LABELS[r]) for o, r in told_by_role if o.pk not in reminder.barred}
        for place in (place for unit in reminder.units for place in of_unit[unit]):
            if place.may_edit or not reminder.editors_only:
                found.setdefault(place.user_id, (place.user, place.unit.name))
        if reminder.contact and not found:
            found = {None: (Outsider(reminder.contact), NO_ACCOUNT)}
        yield Addressed(reminder, tuple(found.values()))


def tell(reminders: Iterable[Reminder]) -> int:
    """Leave a message with everybody who is to be told; return how many were new."""
    return sum(
        notify_all(
            found.reminder.notice([person for person, _why in found.recipients])
            for found in addressed(batch)
        )
        for batch in in_batches(reminders)
    )


def to_come(reminders: Iterable[Reminder], day: date, today: date) -> Iterator[Addressed]:
    """What a sweep will tell on `day`, when one runs each day until then as it should: today all
    that stands and was not told, on a later day what begins on it."""
    fresh = (found for found in reminders if day <= today or found.since == day)
    for batch in in_batches(fresh):
        keys = {found.key for found in batch if found.key}
        told = set(Message.objects.filter(key__in=keys).values_list("key", "recipient"))
        for found in addressed(batch):
            key = found.reminder.key
            left = tuple(who for who in found.recipients if (key, who[0].pk) not in told)
            if left:
                yield replace(found, recipients=left)


def in_batches(items: Iterable) -> Iterator[list]:
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch
