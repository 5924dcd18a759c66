"""Until when a unit completes a request for support that came back: shown, and reminded of."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from filings.deadlines import CHUNK, Deadline, Kind
from filings.models import Policy
from filings.reminders import Reminder, climbing
from reports.models import SupportRequest
from reports.support.states import Status


def completions(requests: QuerySet[SupportRequest]) -> Iterator[Deadline]:
    """Late is shown, never a bar. It is owed by the unit that asks, and no other unit hears."""
    returned = requests.filter(status=Status.RETURNED).for_list()
    rows = returned.order_by("correction_due_on", "pk")
    for request in rows.iterator(chunk_size=CHUNK):
        yield Deadline(
            Kind.SUPPORT_COMPLETION,
            request.pk,
            request.consortium.name,
            request.correction_due_on,
            reverse("support:detail", args=[request.pk]),
            request.unit.name,
            units=(request.unit_id,),
            row=request,
        )


def of_units(units, _today: date) -> Iterator[Deadline]:
    """What these units still have to complete."""
    return completions(SupportRequest.objects.filter(unit__in=units))


def of_consortium(consortium_id: int, _today: date) -> Iterator[Deadline]:
    """The same of all units of a consortium: for the bureau, which may read all of it."""
    return completions(SupportRequest.objects.filter(consortium=consortium_id))


def reminders(day: date, policy: Policy) -> Iterator[Reminder]:
    """The same ladder as for the correction of a filing."""
    yield from climbing(
        completions(SupportRequest.objects.all()),
        policy.correction_ladder,
        day,
        message="support_reminder",
        words=lambda request: {"title": request.title},
    )
