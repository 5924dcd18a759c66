"""Which copies of a message a person gets: what its kind allows, and what the person chose.

Asked once, when the message is written. What was put aside for the daily e-mail stays in it
though the person chooses otherwise meanwhile: a change of mind loses nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from notices.channels import sms
from notices.kinds import Group, When, kind_of
from notices.models import Delivery, Message, Preference
from notices.moments import awake, next_morning


def groups_for(is_officer: bool) -> list[Group]:
    """The groups that somebody of the bureau, or of a unit, is asked about."""
    return [group for group in Group if is_officer or group != Group.DESK]


def of_person(user) -> dict[Group, Preference]:
    """What `user` chose for every group, defaults included; the rows may be unsaved ones."""
    chosen = {row.group: row for row in Preference.objects.filter(user=user)}
    return {group: chosen.get(group) or Preference(user=user, group=group) for group in Group}


def choose(user, wishes: Iterable[Preference]) -> None:
    """Keep what differs from before; two forms sent at once end as the later one says."""
    before = of_person(user)
    changed = [
        wish
        for wish in wishes
        if (wish.when, wish.sms) != (before[wish.group].when, before[wish.group].sms)
    ]
    Preference.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["user", "group"],
        update_fields=["when", "sms"],
    )


def copies_of(messages: Iterable[Message], now: datetime) -> list[Delivery]:
    """The deliveries that `messages` need, unsaved; two messages or two thousand: one query."""
    messages = list(messages)
    chosen = defaultdict(dict)
    for row in Preference.objects.filter(user__in={m.recipient_id for m in messages}):
        chosen[row.user_id][row.group] = row
    copies = []
    for message in messages:
        kind = kind_of(message.kind)
        wish = chosen[message.recipient_id].get(kind.group) or Preference(group=kind.group)
        if email := _email(message, wish, now):
            copies.append(email)
        if kind.urgent and wish.sms and message.recipient.phone and sms.is_enabled():
            copies.append(
                Delivery(message=message, channel=Delivery.Channel.SMS, due_at=awake(now))
            )
    return copies


def _email(message: Message, wish: Preference, now: datetime) -> Delivery | None:
    when = When.AT_ONCE if Group(wish.group).fixed else wish.when
    if when == When.INBOX:
        return None
    if when == When.DAILY:
        held = {"status": Delivery.Status.HELD, "due_at": next_morning(now)}
        return Delivery(message=message, channel=Delivery.Channel.EMAIL, **held)
    return Delivery(message=message, channel=Delivery.Channel.EMAIL, due_at=now)
