"""The only writer of a consortium's status: one door for web, admin, tasks and commands.

A person's move runs in one transaction with the row locked: look it up in the table, ask for
permission, run the guards, apply the effect, write the row and its event, and tell people on
commit. The calendar's moves ask nobody: they are taken for many rows at once, by their dates.
"""

from datetime import date

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from filings import search
from filings.database import insert_from, lock
from filings.effects import EFFECTS
from filings.guards import GUARDS, Attempt
from filings.models import Consortium, Event, Policy, Untold
from filings.notifications import announce
from filings.permissions import may_take
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import INTERNAL, MOVES, RUNS_OUT, Action

__all__ = ["Conflict", "NotPermitted", "Refused", "perform", "perform_due"]

# What these moves write is what a filing is found by.
FOUND_ANEW = (Action.SUBMIT, Action.FILE)
# What the calendar writes besides the status.
_CALENDAR = {Action.EXPIRE: {"ended_on": F("ends_on")}, Action.LAPSE: {}}


def perform(
    consortium_id: int,
    action: str,
    *,
    actor,
    reason: str = "",
    expected_version: int | None = None,
    on: date | None = None,
    **payload,
) -> Event:
    """Take one move and return its event.

    `actor` is a user, `on` the day it happens (today by default).
    `expected_version` is the version the person looked at. Payload: `signed_name` to submit, with
    `digest` and `version` of the filing that was shown; to publish the `notice` to join, or the
    `title` and `text` of a new one; `clause` to reject; `closing_reason` to terminate;
    `credit_case` to revoke. Raises Refused (NotPermitted, Conflict) with words for people, and
    Consortium.DoesNotExist; nothing is written then.
    """
    move = MOVES[Action(action)]
    reason = reason.strip()
    with transaction.atomic():
        consortium = lock(Consortium.objects).get(pk=consortium_id)
        _refuse_if_overtaken(consortium, expected_version)
        day = on or timezone.localdate()
        _refuse_if_not_permitted(consortium, move, actor, day)
        if move.needs_reason and not reason:
            raise Refused(_("Give the reason: it goes into the history and to the lead unit."))
        policy = Policy.objects.in_force(day)
        attempt = Attempt(consortium, move.action, actor, day, reason, payload, policy)
        for guard in GUARDS[move.action]:
            guard(attempt)
        before = consortium.status
        consortium.status = move.target
        consortium.version += 1
        EFFECTS[move.action](attempt)
        consortium.save()
        if move.action in FOUND_ANEW:
            search.index([consortium.pk])
        event = Event.objects.create(
            consortium=consortium,
            action=move.action,
            actor=actor,
            at=timezone.now(),
            from_status=before,
            to_status=move.target,
            reason=reason,
            data=attempt.seen | {"version": consortium.version},
        )
        announce(event)
    return event


def _refuse_if_overtaken(consortium: Consortium, expected_version: int | None) -> None:
    if expected_version is None or expected_version == consortium.version:
        return
    last = consortium.events.exclude(action__in=INTERNAL).select_related("actor").last()
    if last is None:
        raise Conflict(_("It was changed meanwhile: look at it again before you go on."))
    raise Conflict(
        _("Meanwhile: “%(action)s” by %(who)s at %(when)s. Look at it again before you go on.")
        % {
            "action": last.get_action_display(),
            "who": last.actor or _("the calendar"),
            "when": date_format(timezone.localtime(last.at), "SHORT_DATETIME_FORMAT"),
        }
    )


def _refuse_if_not_permitted(consortium: Consortium, move, actor, day: date) -> None:
    answer = may_take(actor, move.action, consortium, day)
    if answer:
        return
    in_diagram = consortium.state_on(day) in move.sources
    raise (NotPermitted if in_diagram else Refused)(answer.reason)


@transaction.atomic
def perform_due(action: Action, day: date, *, after: int = 0, most: int = 1000) -> list[int]:
    """Take a move of the calendar for up to `most` consortia that are due on `day`, in the order
    of their ids from beyond `after`; return their ids (clause 5.1 for the end of a term).

    One transaction: its rows, their events and what is to be told are written all or not at all.
    Rows that another worker or a person holds are left to the next run.
    """
    move, now = MOVES[action], timezone.now()
    (source,) = move.sources
    last_day, _afterwards = RUNS_OUT[source]
    due = lock(Consortium.objects.due_to(action, day), skip_locked=True).filter(pk__gt=after)
    moved = list(due.order_by("pk").values_list("pk", flat=True)[:most])
    if not moved:
        return moved
    rows = Consortium.objects.filter(pk__in=moved).order_by()
    seen = JSONObject(version=F("version") + 1, **{last_day: F(last_day)})
    insert_from(
        Event,
        {
            "consortium": F("pk"),
            "action": Value(action),
            "at": Value(now, DateTimeField()),
            "from_status": F("status"),
            "to_status": Value(move.target),
            "reason": Value(""),
            "data": seen,
        },
        rows,
    )
    events = Event.objects.filter(consortium__in=moved, action=action).order_by()
    insert_from(Untold, {"event": F("pk")}, events)
    rows.update(status=move.target, version=F("version") + 1, updated_at=now, **_CALENDAR[action])
    return moved
