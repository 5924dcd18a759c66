"""Whose turn it is at the bureau: what waits for a person, what is late, what comes next."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.paging import counted
from accounts.roles import CASE_OFFICERS, Role, has_role
from filings.admin_cards import Card
from filings.models import (
    Change,
    ClosingSummary,
    Consortium,
    CreditCase,
    Objection,
    ProvincialApplication,
)
from filings.querysets import answer_overdue
from filings.states import ANSWER_DUE, STAGES, Status
from filings.workdays import add_workdays
from reviews.models import Assignment

# A filing is due soon when so many working days are left.
SOON = 3
NOTHING = Q(pk__in=[])
REPORTED = ProvincialApplication.Standing.REPORTED
# What a row of a list or of a sheet is made of; the long texts of a filing are not.
LISTED = (
    "name", "status", "filing_number", "filing_year", "filing_serial", "submitted_at",
    "first_submitted_at", "action_due_on", "correction_due_on", "notice_starts_on",
    "notice_ends_on", "starts_on", "ends_on", "ended_on", "recommended_by", "lead_revenue",
    "lead_rd_spend", "lead_unit__name", "lead_unit__uscc", "lead_unit__place",
    "focus_field__name", "focus_field__name_en",
)  # fmt: skip
BY_DUE_DAY = (F("action_due_on").asc(nulls_last=True), "pk")


def has_queue(user) -> bool:
    """Whether filings wait for `user` in person; the auditor and the administrator look at all."""
    return has_role(user, *CASE_OFFICERS)


def _turns(user, day: date) -> dict[Role, Q]:
    """What is to be done by each role that `user` has, on `day`.

    What the person recommended is not its to decide: that needs a second person.
    """
    ended = Q(notice_ends_on__lt=day) | Q(notice_ends_on=F("notice_starts_on"))
    decide = Q(status=Status.RECOMMENDED) | (Q(status=Status.PUBLIC_NOTICE) & ended)
    turns = {
        Role.INTAKE: Q(status=Status.SUBMITTED),
        Role.REVIEWER: Q(status=Status.UNDER_REVIEW),
        Role.DECIDER: decide & ~Q(recommended_by=user),
    }
    return {role: turn for role, turn in turns.items() if has_role(user, role)}


def turn_of(user, day: date) -> Q:
    """The filings whose next step is for this person's roles to take, whoever has them."""
    return reduce(or_, _turns(user, day).values(), NOTHING)


def waiting_for(user, day: date) -> Q:
    """Those of `turn_of` that no colleague has."""
    waits = NOTHING
    for role, turn in _turns(user, day).items():
        there = Assignment.objects.filter(consortium=OuterRef("pk"), stage=role)
        waits |= turn & ~Exists(there.exclude(officer=user))
    return waits


def claimed_by(user) -> Q:
    """The filings that `user` has, at the stage they are in."""
    at_stage = (Q(status=status, assignments__stage=role) for status, role in STAGES.items())
    return Q(assignments__officer=user) & reduce(or_, at_stage)


def due_soon(day: date) -> Q:
    """The filings to which the bureau owes an answer within the next `SOON` working days."""
    last = add_workdays(day, SOON)
    return Q(status__in=ANSWER_DUE, action_due_on__gte=day, action_due_on__lte=last)


def next_for(user, day: date, *, after: Consortium) -> Consortium | None:
    """The most urgent filing that waits for `user`, other than the one it has before it."""
    waiting = Consortium.objects.visible_to(user).filter(waiting_for(user, day))
    return waiting.exclude(pk=after.pk).order_by(*BY_DUE_DAY).first()


def cards(user) -> list[Card]:
    """What an officer sees first: how much waits, how much is late, what else is open."""
    day = timezone.localdate()
    filings = Consortium.objects.visible_to(user)
    queue = reverse("admin:filings_consortium_changelist")
    late = counted(filings.filter(answer_overdue(day)))
    found = [
        Card(_("Late answers of the bureau"), late, f"{queue}?queue=all&overdue=yes", bool(late)),
        Card(
            _("Objections to be answered"),
            counted(Objection.objects.filter(closed_at__isnull=True)),
            reverse("admin:filings_objection_changelist") + "?open=yes",
        ),
        Card(
            _("Changes to be noted"),
            counted(Change.objects.to_note()),
            reverse("admin:filings_change_changelist") + "?status=reported",
        ),
        Card(
            _("Closing summaries to be noted"),
            counted(ClosingSummary.objects.filter(submitted_at__isnull=False, noted_at=None)),
            reverse("admin:filings_closingsummary_changelist") + "?open=yes",
        ),
        Card(
            _("Provincial applications to be checked"),
            counted(ProvincialApplication.objects.filter(standing=REPORTED)),
            reverse("admin:filings_provincialapplication_changelist")
            + f"?standing__exact={REPORTED}",
        ),
        Card(
            _("Open credit cases"),
            counted(CreditCase.objects.filter(outcome=CreditCase.Outcome.OPEN)),
            reverse("admin:filings_creditcase_changelist") + "?outcome=open",
        ),
    ]
    if has_queue(user):
        mine = counted(filings.filter(waiting_for(user, day)))
        claimed = counted(filings.filter(claimed_by(user)))
        found.insert(0, Card(_("Claimed by me"), claimed, f"{queue}?queue=claimed"))
        found.insert(0, Card(_("Filings waiting for me"), mine, queue))
    else:
        found.insert(0, Card(_("All filings"), counted(filings), f"{queue}?queue=all"))
    return found
