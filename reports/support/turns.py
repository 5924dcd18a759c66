"""Whose turn it is at the bureau with a request for support."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.paging import counted
from accounts.roles import LABELS, has_role
from filings.admin_cards import Card
from reports.models import SupportRequest
from reports.support.states import SETTLED, TURNS, Status

WAITING = "turn=mine"


def waiting_for(user) -> Q:
    """The requests that an officer with the roles of `user` acts on next."""
    mine = [status for status, roles in TURNS.items() if has_role(user, *roles)]
    return Q(status__in=mine)


def whose(found: SupportRequest) -> str:
    """In words, for the bureau: who has the ball; nothing once no more is to come."""
    if found.status in SETTLED:
        return ""
    if found.status == Status.RETURNED:
        return _("It waits for the unit that asked to complete it.")
    if found.status in TURNS:
        roles = " / ".join(str(LABELS[role]) for role in TURNS[found.status])
        return _("It waits for: %(roles)s") % {"roles": roles}
    return _("What comes of it is still to be recorded.")


def cards(user) -> list[Card]:
    """What waits for `user`, where anything does."""
    count = counted(SupportRequest.objects.filter(waiting_for(user)))
    address = reverse("admin:reports_supportrequest_changelist")
    waiting = Card(_("Requests for support waiting for me"), count, f"{address}?{WAITING}")
    return [waiting] if count else []
