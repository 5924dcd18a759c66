"""The end of a term (clauses 1 and 5.1): when it is near, and what the lead unit may do from then.

A closing summary is asked for, which nothing depends on, and the consortium may be applied for
anew. Both go on being possible after the end; not after a revocation, which is no end of a term.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.functions import Coalesce

from filings.models import Consortium, Policy
from filings.states import Status

# A successor that came to nothing leaves the way free for another.
CAME_TO_NOTHING = (Status.REJECTED, Status.LAPSED)


@dataclass(frozen=True, slots=True)
class Ending:
    """What a consortium's page says of its end: `left` are the calendar days, negative after it."""

    last_day: date
    left: int
    runs: bool


def ending_of(consortium: Consortium, day: date, policy: Policy) -> Ending | None:
    """How the end stands on `day`; None while it is not near, and for what has no such end."""
    state = consortium.state_on(day)
    if state not in (Status.ACTIVE, Status.EXPIRED, Status.TERMINATED):
        return None
    last = consortium.ended_on or consortium.ends_on
    left, runs = (last - day).days, state == Status.ACTIVE
    near = not runs or left <= policy.closing_summary_days
    return Ending(last, left, runs) if near else None


def successor_of(consortium: Consortium) -> Consortium | None:
    """What it is being applied for anew as, or was."""
    successors = consortium.successors.order_by("-pk")
    return next((found for found in successors if found.state not in CAME_TO_NOTHING), None)


def asked_for_summary(consortia, day: date, days: int):
    """Those of `consortia` whose closing summary is not in, from `days` before the end of their
    term until as many after it: then nobody is reminded of it any more."""
    asked = consortia.at_their_end(day, days).filter(closing_summary__submitted_at__isnull=True)
    last_day = Coalesce("ended_on", "ends_on")
    return asked.annotate(last_day=last_day).filter(last_day__gte=day - timedelta(days))
