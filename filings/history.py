"""Entries of a consortium's history beside its moves."""

from django.utils import timezone

from filings.models import Consortium, Event
from filings.states import Entry


def record(consortium: Consortium, entry: Entry, user, reason: str = "", **data) -> Event:
    """Write an entry of the history that moves nothing."""
    return Event.objects.create(
        consortium=consortium,
        action=entry,
        actor=user,
        at=timezone.now(),
        from_status=consortium.status,
        to_status=consortium.status,
        reason=reason,
        data=data,
    )
