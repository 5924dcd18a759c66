"""Whose turn it is at the bureau with a request for support."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.paging import counted
from accounts.roles import has_role
from filings.admin_cards import Card
from reports.models import SupportRequest
from reports.support.states import TURNS

WAITING = "turn=mine"


def waiting_for(user) -> Q:
    """The requests that an officer with the roles of `user` acts on next."""
    mine = [status for status, roles in TURNS.items() if has_role(user, *roles)]
    return Q(status__in=mine)


def cards(user) -> list[Card]:
    """What waits for `user`, where anything does."""
    count = counted(SupportRequest.objects.filter(waiting_for(user)))
    address = reverse("admin:reports_supportrequest_changelist")
    waiting = Card(_("Requests for support waiting for me"), count, f"{address}?{WAITING}")
    return [waiting] if count else []
