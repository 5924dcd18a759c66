"""Who is told what about a request for support: its unit of every move, the officer whose turn
it is."""

from django.contrib.auth import get_user_model
from django.urls import reverse

from filings.notifications import officers
from notices.services import notify
from reports.models import SupportEvent, SupportRequest
from reports.support.states import APPLICANT_WORDS, DECIDED, INTERNAL, TURNS, Entry, Status


def people_of(request: SupportRequest):
    """The people of the unit that asks; no other unit hears of it."""
    people = get_user_model().objects
    return people.filter(memberships__unit_id=request.unit_id, is_active=True)


def announce(event: SupportEvent) -> None:
    """Tell the unit where its request stands, and the next officers that it waits for them."""
    request = event.request
    status = Status(event.to_status)
    context = {
        "title": request.title,
        "measure": request.get_kind_display(),
        "consortium": request.consortium.name,
        "state": status.label,
        "words": APPLICANT_WORDS[status],
        "reason": "" if event.action in INTERNAL else event.reason,
        "due": request.correction_due_on,
    }
    told = {"key": f"support-event:{event.pk}", "context": context}
    address = reverse("support:detail", args=[request.pk])
    asking = people_of(request)
    notify(asking, kind=_kind(status), url=address, **told)
    for role in TURNS.get(status, ()):
        notify(
            officers(role).exclude(pk__in=asking),
            kind="support_waits",
            url=reverse("admin:reports_supportrequest_change", args=[request.pk]),
            **told,
        )


def _kind(status: Status) -> str:
    """By what it means to the unit, which may choose how it hears of some kinds."""
    if status == Status.RETURNED:
        return "support_returned"
    return "support_decided" if status in DECIDED else "support_moved"


def announce_shared(event: SupportEvent) -> None:
    """Tell the unit to whom its need was passed on (clause 4.3)."""
    request = event.request
    notify(
        people_of(request),
        key=f"support-event:{event.pk}",
        kind=f"support_{Entry.SHARED}",
        context={"title": request.title, "institution": event.reason},
        url=reverse("support:detail", args=[request.pk]),
    )
