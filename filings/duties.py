"""What a person's units owe: each room says what it knows, the front page puts it in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filings.ending import asked_for_summary
from filings.models import ChangeDuty, ChangeKind, Confirmation, Consortium, Member, Policy
from filings.standing import with_missing
from filings.states import EDITABLE, Status
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
    return [
        *_corrections(user, today),
        *_members_to_replace(user, today),
        *_to_confirm(user),
        *_to_be_confirmed(user),
        *_to_be_closed(user, today),
    ]


def _corrections(user, today: date) -> Iterator[Duty]:
    returned = Consortium.objects.edited_by(user).filter(status=Status.RETURNED)
    # A new return needs every answer to the one before it: what is open is of the last.
    is_open = Q(
        comments__sent_at__isnull=False,
        comments__recalled_at__isnull=True,
        comments__answer="",
        comments__resolved=False,
    )
    counted = returned.annotate(open_comments=Count("comments", is_open, distinct=True))
    for consortium in counted.order_by("correction_due_on")[:MOST]:
        number = consortium.open_comments
        text = ngettext(
            "The bureau asks for a correction: mend %(count)s point and submit again.",
            "The bureau asks for a correction: mend %(count)s points and submit again.",
            number,
        )
        if not number:
            text = _("Every point of the correction is dealt with: check and submit again.")
        due = consortium.correction_due_on
        yield Duty(
            consortium.name,
            text % {"count": number},
            _("Correct it"),
            reverse("filings:check", args=[consortium.pk]),
            due,
            workdays_left(today, due),
        )


def _members_to_replace(user, today: date) -> Iterator[Duty]:
    """What records against members ask of the running consortia they are in (clause 5.3)."""
    asked = ChangeDuty.objects.open().edited_by(user).select_related("member", "consortium")
    for duty in asked[:MOST]:
        where = reverse("filings:change_add", args=[duty.consortium_id])
        about = {"kind": ChangeKind.MEMBERS.value, "member": duty.member_id}
        yield Duty(
            duty.consortium.name,
            _("%(unit)s is on record for serious dishonesty: replace it or go on without it.")
            % {"unit": duty.member.name},
            _("Report this change"),
            f"{where}?{urlencode(about)}",
            duty.due_on,
            workdays_left(today, duty.due_on),
        )


def _to_confirm(user) -> Iterator[Duty]:
    asked = Member.objects.edited_by(user).waiting_for().select_related("consortium__lead_unit")
    for member in asked[:MOST]:
        yield Duty(
            member.consortium.name,
            _("%(lead)s names %(unit)s as a member.")
            % {"lead": member.consortium.lead_unit.name, "unit": member.name},
            _("Read your part and answer"),
            reverse("filings:confirm", args=[member.token]),
        )


def _to_be_confirmed(user) -> Iterator[Duty]:
    edited = Consortium.objects.edited_by(user).filter(
        members__left_on__isnull=True,
        members__confirmation__in=(Confirmation.PENDING, Confirmation.DISPUTED),
        status__in=EDITABLE,
    )
    for consortium in with_missing(edited.distinct())[:MOST]:
        names = get_text_list([member.name for member in consortium.unconfirmed], _("and"))
        yield Duty(
            consortium.name,
            _("Not confirmed yet by: %(names)s.") % {"names": names},
            _("Ask or remind them"),
            reverse("filings:step", args=[consortium.pk, "members"]),
        )


def _to_be_closed(user, today: date) -> Iterator[Duty]:
    """Closing summaries that are asked for; nothing comes of handing in none."""
    days = Policy.objects.in_force(today).closing_summary_days
    mine = Consortium.objects.edited_by(user).distinct()
    for consortium in asked_for_summary(mine, today, days).order_by("last_day", "pk")[:MOST]:
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
