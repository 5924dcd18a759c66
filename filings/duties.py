"""What a person's units owe: each room says what it knows, the front page puts it in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Unit
from filings import deadlines
from filings.change_states import ChangeStatus
from filings.deadlines import Deadline
from filings.ending import asked_for_summary
from filings.models import (
    Change,
    ChangeConfirmation,
    ChangeDuty,
    Confirmation,
    Consortium,
    Member,
    Policy,
)
from filings.standing import with_missing
from filings.workdays import workdays_left

MOST = 20


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: what it is about, what to do, where, and by the end of which day."""

    about: str
    text: str
    action: str
    url: str
    due: date | None = None
    days: int | None = None


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """What is due first comes first; what has no day comes last."""
    return sorted(duties, key=lambda duty: (duty.due is None, duty.due or date.max))


def duties_of(user, today: date) -> list[Duty]:
    """Corrections to hand in, members to replace, parts to confirm, confirmations that others
    still owe, and closing summaries."""
    units = Unit.objects.edited_by(user)
    led = Consortium.objects.filter(lead_unit__in=units)
    asked = ChangeDuty.objects.filter(consortium__in=led)
    members = Member.objects.filter(unit__in=units)
    found = (
        (_correct, deadlines.corrections(_with_open_comments(led), today)),
        (_replace, deadlines.member_changes(asked, today)),
        (_confirm, deadlines.confirmations(members, today)),
    )
    duties = [
        _duty(deadline, *words(deadline.row), today)
        for words, due in found
        for deadline in islice(due, MOST)
    ]
    return [
        *duties,
        *_changes_to_confirm(members),
        *_changes_to_mend(led),
        *_to_be_confirmed(led, today),
        *_to_be_closed(led, today),
    ]


def _duty(deadline: Deadline, text: str, action: str, today: date) -> Duty:
    due = deadline.day
    days = workdays_left(today, due) if due else None
    return Duty(deadline.subject, text, action, deadline.url, due, days)


def _with_open_comments(led: QuerySet[Consortium]) -> QuerySet[Consortium]:
    # A new return needs every answer to the one before it: what is open is of the last.
    is_open = Q(
        comments__sent_at__isnull=False,
        comments__recalled_at__isnull=True,
        comments__answer="",
        comments__resolved=False,
    )
    return led.annotate(open_comments=Count("comments", is_open, distinct=True))


def _correct(consortium: Consortium) -> tuple[str, str]:
    number = consortium.open_comments
    text = ngettext(
        "The bureau asks for a correction: mend %(count)s point and submit again.",
        "The bureau asks for a correction: mend %(count)s points and submit again.",
        number,
    )
    if not number:
        text = _("Every point of the correction is dealt with: check and submit again.")
    return text % {"count": number}, _("Correct it")


def _replace(duty: ChangeDuty) -> tuple[str, str]:
    text = _("%(unit)s is on record for serious dishonesty: replace it or go on without it.")
    return text % {"unit": duty.member.name}, _("Report this change")


def _confirm(member: Member) -> tuple[str, str]:
    text = _("%(lead)s names %(unit)s as a member.")
    lead = member.consortium.lead_unit.name
    return text % {"lead": lead, "unit": member.name}, _("Read your part and answer")


def _changes_to_confirm(members: QuerySet[Member]) -> Iterator[Duty]:
    """Changes during operation that wait for the answer of one of the person's units (5.3)."""
    asked = ChangeConfirmation.objects.filter(
        member__in=members,
        answer=Confirmation.PENDING,
        change__status=ChangeStatus.AWAITING,
    )
    for row in asked.select_related("member", "change__consortium__lead_unit")[:MOST]:
        consortium = row.change.consortium
        yield Duty(
            consortium.name,
            _("%(lead)s asks %(unit)s to confirm a change: %(change)s.")
            % {
                "lead": consortium.lead_unit.name,
                "unit": row.member.name,
                "change": row.change.get_kind_display(),
            },
            _("Read it and answer"),
            reverse("filings:change", args=[consortium.pk, row.change_id]),
        )


def _changes_to_mend(led: QuerySet[Consortium]) -> Iterator[Duty]:
    returned = Change.objects.filter(consortium__in=led, status=ChangeStatus.RETURNED)
    for change in returned.select_related("consortium")[:MOST]:
        yield Duty(
            change.consortium.name,
            _("The bureau asks you to mend a change: %(change)s.")
            % {"change": change.get_kind_display()},
            _("Mend it"),
            reverse("filings:change", args=[change.consortium_id, change.pk]),
        )


def _to_be_confirmed(led: QuerySet[Consortium], today: date) -> Iterator[Duty]:
    waiting = Member.objects.filter(confirmation__in=(Confirmation.PENDING, Confirmation.DISPUTED))
    edited = led.editable_on(today).filter(pk__in=waiting.values("consortium"))
    for consortium in with_missing(edited)[:MOST]:
        names = get_text_list([member.name for member in consortium.unconfirmed], _("and"))
        yield Duty(
            consortium.name,
            _("Not confirmed yet by: %(names)s.") % {"names": names},
            _("Ask or remind them"),
            reverse("filings:step", args=[consortium.pk, "members"]),
        )


def _to_be_closed(led: QuerySet[Consortium], today: date) -> Iterator[Duty]:
    """Closing summaries that are asked for; nothing comes of handing in none."""
    days = Policy.objects.in_force(today).closing_summary_days
    for consortium in asked_for_summary(led, today, days).order_by("last_day", "pk")[:MOST]:
        ahead = consortium.last_day >= today
        text = _("The term ended: a closing summary of what was reached is still welcome.")
        if ahead:
            text = _("The term ends: sum up what was reached against the goals.")
        yield Duty(
            consortium.name,
            text,
            _("Write the closing summary"),
            reverse("filings:closing", args=[consortium.pk]),
            consortium.last_day if ahead else None,
            workdays_left(today, consortium.last_day) if ahead else None,
        )
