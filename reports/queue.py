"""Whose turn it is at the bureau with a yearly report, and what comes next."""

from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.paging import counted
from accounts.roles import Role, has_role
from filings.admin_cards import Card
from reports.models import AnnualReport
from reports.states import Status

LIES_HERE = Q(status=Status.SUBMITTED)
# All have the same time, so that what came first is due first; what is not here comes last.
BY_ANSWER_DAY = Case(When(LIES_HERE, then=F("submitted_at"))).asc(nulls_last=True)
IN_ORDER = (BY_ANSWER_DAY, "-call__reporting_year", "pk")


def has_queue(user) -> bool:
    """Whether reports wait for `user` in person."""
    return has_role(user, Role.REVIEWER)


def waiting_for(user) -> Q:
    """The reports to be examined that no colleague has."""
    return LIES_HERE & (Q(officer=None) | Q(officer=user))


def claimed_by(user) -> Q:
    return LIES_HERE & Q(officer=user)


def unclaimed() -> Q:
    return LIES_HERE & Q(officer=None)


def next_for(user, *, after: AnnualReport) -> AnnualReport | None:
    """The report that waits for `user` the longest, other than the one it has before it."""
    waiting = AnnualReport.objects.filter(waiting_for(user)).exclude(pk=after.pk)
    return waiting.for_list().order_by("submitted_at", "pk").first()


def cards(user) -> list[Card]:
    """How many wait for `user`, where any does."""
    if not has_queue(user):
        return []
    count = counted(AnnualReport.objects.filter(waiting_for(user)))
    address = reverse("admin:reports_annualreport_changelist")
    return [Card(_("Yearly reports waiting for me"), count, address)] if count else []
