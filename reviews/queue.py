"""Whose turn it is at the bureau: what waits for a person, what is late, what comes next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import CASE_OFFICERS, Role, has_role
from filings.models import Change, Consortium, CreditCase, Objection
from filings.states import Status

# The states in which the bureau owes an answer by `action_due_on`.
ANSWER_DUE = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.RECOMMENDED)
BY_DUE_DAY = (F("action_due_on").asc(nulls_last=True), "pk")


def has_queue(user) -> bool:
    """Whether filings wait for `user` in person; the auditor and the administrator look at all."""
    return has_role(user, *CASE_OFFICERS)


def waiting_for(user, day: date) -> Q:
    """The filings whose next step is this person's to take on `day`.

    What the person recommended does not wait for it again: the decision needs a second person.
    """
    ended = Q(notice_ends_on__lt=day) | Q(notice_ends_on=F("notice_starts_on"))
    decide = Q(status=Status.RECOMMENDED) | (Q(status=Status.PUBLIC_NOTICE) & ended)
    turns = {
        Role.INTAKE: Q(status=Status.SUBMITTED),
        Role.REVIEWER: Q(status=Status.UNDER_REVIEW),
        Role.DECIDER: decide & ~Q(recommended_by=user),
    }
    waits = Q(pk__in=[])
    for role, turn in turns.items():
        if has_role(user, role):
            waits |= turn
    return waits


def overdue(day: date) -> Q:
    """The filings to which the bureau owes an answer since before `day`."""
    return Q(status__in=ANSWER_DUE, action_due_on__lt=day)


def due_day(consortium: Consortium) -> date | None:
    """The day that counts in the state the filing is in: the bureau's, the lead's or the term's."""
    if consortium.status in ANSWER_DUE:
        return consortium.action_due_on
    return {
        Status.RETURNED: consortium.correction_due_on,
        Status.PUBLIC_NOTICE: consortium.notice_ends_on,
    }.get(consortium.status)


def next_for(user, day: date, *, after: Consortium) -> Consortium | None:
    """The most urgent filing that waits for `user`, other than the one it has before it."""
    waiting = Consortium.objects.visible_to(user).filter(waiting_for(user, day))
    return waiting.exclude(pk=after.pk).order_by(*BY_DUE_DAY).first()


@dataclass(frozen=True, slots=True)
class Card:
    """A number on the overview, with the list behind it; `urgent` when it should be nought."""

    label: str
    count: int
    url: str
    urgent: bool = False


def cards(user) -> list[Card]:
    """What an officer sees first: how much waits, how much is late, what else is open."""
    day = timezone.localdate()
    filings = Consortium.objects.visible_to(user)
    queue = reverse("admin:filings_consortium_changelist")
    late = filings.filter(overdue(day)).count()
    found = [
        Card(_("Late answers of the bureau"), late, f"{queue}?queue=all&overdue=yes", bool(late)),
        Card(
            _("Objections to be answered"),
            Objection.objects.filter(closed_at__isnull=True).count(),
            reverse("admin:filings_objection_changelist") + "?open=yes",
        ),
        Card(
            _("Changes to be noted"),
            Change.objects.filter(noted_at__isnull=True).count(),
            reverse("admin:filings_change_changelist") + "?open=yes",
        ),
        Card(
            _("Open credit cases"),
            CreditCase.objects.filter(outcome=CreditCase.Outcome.OPEN).count(),
            reverse("admin:filings_creditcase_changelist") + "?outcome=open",
        ),
    ]
    if has_queue(user):
        mine = filings.filter(waiting_for(user, day)).count()
        found.insert(0, Card(_("Filings waiting for me"), mine, queue))
    else:
        found.insert(0, Card(_("All filings"), filings.count(), f"{queue}?queue=all"))
    return found
