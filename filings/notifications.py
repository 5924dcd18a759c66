"""Who is told what about a consortium: every move tells somebody. Reminders are in `reminders`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from filings.correction import asked
from filings.database import lock
from filings.models import (
    Change,
    ChangeDuty,
    Consortium,
    Event,
    Member,
    ProvincialApplication,
    Renaming,
    Untold,
)
from filings.states import Action, Entry
from notices.services import Notice, notify, notify_all

# Who at the bureau has the ball after a move.
_NEXT_ROLE = {
    Action.SUBMIT: Role.INTAKE,
    Action.RECALL: Role.INTAKE,
    Action.ACCEPT: Role.REVIEWER,
    Action.RECOMMEND: Role.DECIDER,
}
_MEMBERS_TOO = (Action.FILE, Action.EXPIRE, Action.TERMINATE, Action.REVOKE)


def people_of_lead(consortium: Consortium):
    return get_user_model().objects.filter(
        memberships__unit_id=consortium.lead_unit_id, is_active=True
    )


def people_of_members(consortium: Consortium):
    """The people of the units that are members today."""
    members = consortium.members.present_on(timezone.localdate())
    return (
        get_user_model()
        .objects.filter(memberships__unit__in=members.values("unit"), is_active=True)
        .distinct()
    )


def officers(role: str):
    return get_user_model().objects.filter(groups__name=role, is_active=True, is_staff=True)


def announce(event: Event) -> None:
    """Tell the lead unit, the next officer and, at the great turns, the members."""
    consortium = event.consortium
    told = {
        "key": f"event:{event.pk}",
        "kind": f"filing_{event.action}",
        "context": _context(consortium)
        | {"reason": event.reason, "clause": event.data.get("clause", "")},
    }
    lead = people_of_lead(consortium)
    detail = reverse("filings:detail", args=[consortium.pk])
    notify(lead, url=_first_comment(consortium) or detail, **told)
    if event.action in _MEMBERS_TOO:
        notify(people_of_members(consortium).exclude(pk__in=lead), url=detail, **told)
    if role := _NEXT_ROLE.get(event.action):
        context = told["context"] | {"action": event.action}
        notify(
            officers(role).exclude(pk__in=lead),
            url=reverse("admin:filings_consortium_change", args=[consortium.pk]),
            **told | {"kind": "filing_waits", "context": context},
        )


@transaction.atomic
def announce_untold(most: int = 500) -> int:
    """Tell what the calendar did to up to `most` consortia: the people of the lead units and, when
    a term is over, of the members. Returns how many events were told; what another worker is
    telling is left out."""
    waiting = lock(Untold.objects.order_by("pk"), skip_locked=True)[:most]
    events = [row.event for row in waiting.select_related("event__consortium__lead_unit")]
    consortia = [event.consortium for event in events]
    too = [event.consortium for event in events if event.action in _MEMBERS_TOO]
    people = people_by_consortium(consortia, with_members=too)
    notify_all(
        Notice(
            people[event.consortium_id],
            key=f"event:{event.pk}",
            kind=f"filing_{event.action}",
            context=_context(event.consortium) | {"reason": event.reason},
            url=reverse("filings:detail", args=[event.consortium_id]),
        )
        for event in events
    )
    Untold.objects.filter(event__in=events).delete()
    return len(events)


def people_by_consortium(
    consortia: Sequence[Consortium], *, with_members: Sequence[Consortium] = ()
) -> dict[int, list]:
    """The people to be told about each of many consortia, in two queries; somebody who belongs to
    two of its units is told once."""
    units = units_told(consortia, with_members=with_members)
    belonging = memberships_by_unit(unit for told in units.values() for unit in told)
    people = {
        pk: (place.user for unit in told for place in belonging[unit]) for pk, told in units.items()
    }
    return {pk: list({user.pk: user for user in found}.values()) for pk, found in people.items()}


def units_told(
    consortia: Sequence[Consortium], *, with_members: Sequence[Consortium] = ()
) -> dict[int, list[int]]:
    """The units whose people are told of each of many consortia, the lead unit first."""
    units = {consortium.pk: [consortium.lead_unit_id] for consortium in consortia}
    present = Member.objects.present_on(timezone.localdate())
    members = present.filter(consortium__in=with_members)
    for pk, unit in members.values_list("consortium", "unit"):
        units[pk].append(unit)
    return units


def memberships_by_unit(units: Iterable[int]) -> dict[int, list[Membership]]:
    """Who belongs to each of many units, without locked accounts, in one query."""
    of_unit = defaultdict(list)
    belonging = Membership.objects.active().filter(unit__in=set(units))
    for membership in belonging.select_related("user", "unit"):
        of_unit[membership.unit_id].append(membership)
    return of_unit


def _first_comment(consortium: Consortium) -> str:
    """Where the lead unit begins to correct; nowhere when nothing is asked."""
    first = asked(consortium).first()
    if first is None:
        return ""
    return reverse("filings:step", args=[consortium.pk, first.section]) + f"#comment-{first.pk}"


def announce_entry(event: Event, kind: Entry) -> None:
    """Tell the lead unit of an answer by a member, and the officers of what others hand in."""
    consortium = event.consortium
    to_officers = kind in (Entry.OBJECTION, Entry.CLOSING, Entry.PROVINCIAL)
    notify(
        officers(Role.DECIDER if kind == Entry.OBJECTION else Role.REVIEWER)
        if to_officers
        else people_of_lead(consortium),
        key=f"event:{event.pk}",
        kind=f"filing_{kind}",
        context=event.data | _context(consortium) | {"reason": event.reason},
        url=reverse("admin:filings_consortium_change", args=[consortium.pk])
        if to_officers
        else reverse("filings:detail", args=[consortium.pk]),
    )


def announce_change(event: Event, change: Change) -> None:
    """Tell of a step of a change those who have the ball then, or whom it concerns: the reviewing
    officers of a report, the lead unit of an answer, of what is to be mended and that it is noted,
    and of that the members too."""
    consortium, lead = event.consortium, people_of_lead(event.consortium)
    told = {
        "key": f"event:{event.pk}",
        "kind": f"filing_{event.action}",
        "context": _context(consortium)
        | {"reason": event.reason, "change": str(change), "member": event.data.get("member", "")},
    }
    page = reverse("filings:change", args=[consortium.pk, change.pk])
    match event.action:
        case Entry.CHANGE:
            notify(
                officers(Role.REVIEWER),
                url=reverse("admin:filings_change_change", args=[change.pk]),
                **told,
            )
        case Entry.CHANGE_CONFIRMED | Entry.CHANGE_DISPUTED | Entry.CHANGE_RETURNED:
            notify(lead, url=page, **told)
        case Entry.CHANGE_NOTED:
            notify(lead, url=page, **told)
            now = consortium.members.present_on(timezone.localdate())
            concerned = consortium.members.filter(Q(pk__in=now.values("pk")) | Q(changes=change))
            others = _active().filter(memberships__unit__in=concerned.values("unit")).distinct()
            notify(others.exclude(pk__in=lead), url=page, **told)


def ask_about_change(change: Change, members: Sequence[Member]) -> None:
    """Ask the people of the members that a change concerns to read it and answer."""
    for member in members:
        may_answer = Membership.objects.editing().filter(unit=member.unit_id).values("user")
        notify(
            _active().filter(pk__in=may_answer),
            key=f"change:{change.pk}:{change.version}:{member.pk}",
            kind="change_asked",
            context=_context(change.consortium) | {"member": member.name, "change": str(change)},
            url=reverse("filings:change", args=[change.consortium_id, change.pk]),
        )


def announce_renaming(renaming: Renaming) -> None:
    """Tell the reviewing officers of a reported renaming, the unit's people of the answer."""
    told = {
        "kind": f"renaming_{renaming.status}",
        "context": {
            "old": renaming.old_name,
            "new": renaming.new_name,
            "reason": renaming.to_mend,
        },
    }
    stamp = renaming.decided_at or renaming.reported_at
    key = f"renaming:{renaming.pk}:{renaming.status}:{stamp:%Y%m%d%H%M%S}"
    if renaming.status == Renaming.Status.REPORTED:
        url = reverse("admin:filings_renaming_change", args=[renaming.pk])
        notify(officers(Role.REVIEWER), key=key, url=url, **told)
        return
    people = _active().filter(memberships__unit=renaming.unit_id)
    notify(people, key=key, url=reverse("filings:renaming", args=[renaming.pk]), **told)


def _active():
    return get_user_model().objects.filter(is_active=True)


def ask_member(member: Member) -> None:
    """Ask the people of a member unit, once they have accounts, to confirm its part."""
    may_answer = member.unit.memberships.editing().values("user")
    notify(
        get_user_model().objects.filter(pk__in=may_answer),
        key=f"confirm:{member.pk}:{member.invited_at:%Y%m%d%H%M%S}:{member.reminded_rung}",
        kind="member_confirm",
        context=_context(member.consortium) | {"member": member.name},
        url=reverse("filings:confirm", args=[member.token]),
    )


def ask_for_change(duty: ChangeDuty) -> None:
    """Tell the lead unit that a member on record must be replaced, and by when (clause 5.3)."""
    _tell_of_duty(duty, "duty_asked", f"duty:{duty.pk}")


def duty_was_closed(duty: ChangeDuty) -> None:
    _tell_of_duty(duty, "duty_closed", f"duty:{duty.pk}:closed")


def _tell_of_duty(duty: ChangeDuty, kind: str, key: str) -> None:
    notify(
        people_of_lead(duty.consortium),
        key=key,
        kind=kind,
        context=_context(duty.consortium)
        | {"member": duty.member.name, "due": duty.due_on, "reason": duty.closed_reason},
        url=reverse("filings:detail", args=[duty.consortium_id]),
    )


def provincial_was_checked(application: ProvincialApplication, event: Event) -> None:
    """Tell the lead unit what the bureau holds of its application to the province."""
    consortium = application.consortium
    notify(
        people_of_lead(consortium),
        key=f"event:{event.pk}",
        kind="provincial_checked",
        context=_context(consortium)
        | {
            "year": application.year,
            "outcome": application.outcome,
            "confirmed": application.standing == ProvincialApplication.Standing.CONFIRMED,
            "reason": application.answer,
        },
        url=reverse("filings:provincial", args=[consortium.pk]),
    )


def _context(consortium: Consortium) -> dict:
    return {
        "name": consortium.name,
        "lead": consortium.lead_unit.name,
        "number": consortium.filing_number or "",
        "correction_due_on": consortium.correction_due_on,
        "notice_ends_on": consortium.notice_ends_on,
        "starts_on": consortium.starts_on,
        "ends_on": consortium.ends_on,
    }
