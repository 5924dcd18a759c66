"""The only writer of a consortium's status: one door for web, admin, tasks and commands.

A move runs in one transaction with the row locked: look it up in the table, ask for permission, run
the guards, apply the effect, write the row and its event, and tell people on commit.
"""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from filings import letters, numbering, publication, search, snapshot
from filings.assessment import justifications_of
from filings.casework import mark_revoked
from filings.database import lock
from filings.guards import GUARDS, Attempt
from filings.models import Comment, Consortium, Event, Letter, Policy, Submission
from filings.notifications import announce
from filings.permissions import TWO_PERSONS, may_take
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import INTERNAL, MOVES, Action, Actor
from filings.term import last_day
from filings.workdays import add_workdays

# What these moves write is what a filing is found by.
FOUND_ANEW = (Action.SUBMIT, Action.FILE)

__all__ = ["Conflict", "NotPermitted", "Refused", "perform"]


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

    `actor` is a user, or None for the calendar. `on` is the day it happens (today by default).
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
        _refuse_if_not_permitted(consortium, move, actor)
        if move.needs_reason and not reason:
            raise Refused(_("Give the reason: it goes into the history and to the lead unit."))
        day = on or timezone.localdate()
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


def _refuse_if_not_permitted(consortium: Consortium, move, actor) -> None:
    if actor is None:
        if move.who.get(consortium.status) != Actor.CALENDAR:
            raise NotPermitted(_("The calendar may not do this."))
        return
    answer = may_take(actor, move.action, consortium)
    if answer:
        return
    in_diagram = consortium.status in move.sources
    raise (NotPermitted if in_diagram else Refused)(answer.reason)


def _submit(attempt: Attempt) -> None:
    consortium, now = attempt.consortium, timezone.now()
    content = snapshot.take(consortium)
    submission = Submission.objects.create(
        consortium=consortium,
        number=consortium.submissions.count() + 1,
        submitted_by=attempt.actor,
        submitted_at=now,
        policy=attempt.policy,
        content=content,
        findings=[finding.as_dict() for finding in attempt.findings],
        justifications=justifications_of(consortium),
        digest=snapshot.digest(content),
        signed_name=attempt.payload["signed_name"].strip(),
    )
    consortium.submitted_at = now
    consortium.first_submitted_at = consortium.first_submitted_at or now
    consortium.correction_due_on = None
    consortium.action_due_on = add_workdays(attempt.day, attempt.policy.intake_days)
    attempt.seen |= {"submission": submission.number, "digest": submission.digest}


def _withdraw(attempt: Attempt) -> None:
    attempt.consortium.action_due_on = None
    # What an officer had begun to write is about a submission that is no longer there.
    Comment.objects.filter(consortium=attempt.consortium, sent_at__isnull=True).delete()


def _accept(attempt: Attempt) -> None:
    attempt.consortium.action_due_on = add_workdays(attempt.day, attempt.policy.review_days)


def _return(attempt: Attempt) -> None:
    consortium = attempt.consortium
    comments = Comment.objects.filter(consortium=consortium, sent_at__isnull=True)
    points = letters.points_of(comments)
    attempt.seen["comments"] = comments.update(sent_at=timezone.now())
    consortium.action_due_on = None
    consortium.correction_due_on = add_workdays(attempt.day, attempt.policy.correction_days)
    attempt.seen["correction_due_on"] = consortium.correction_due_on.isoformat()
    _write(attempt, Letter.Kind.RETURNED, points=points, due_on=consortium.correction_due_on)


def _recall(attempt: Attempt) -> None:
    consortium = attempt.consortium
    comments = Comment.objects.filter(
        consortium=consortium, sent_at__isnull=False, answered_at=None
    )
    attempt.seen["comments"] = comments.update(recalled_at=timezone.now())
    letters.withdraw_request(consortium)
    consortium.correction_due_on = None
    consortium.action_due_on = add_workdays(attempt.day, attempt.policy.intake_days)


def _recommend(attempt: Attempt) -> None:
    attempt.consortium.recommended_by = attempt.actor
    attempt.consortium.decided_by = None
    attempt.consortium.action_due_on = add_workdays(attempt.day, attempt.policy.intake_days)


def _decide(attempt: Attempt) -> None:
    consortium = attempt.consortium
    if consortium.recommended_by_id == attempt.actor.pk:
        raise NotPermitted(TWO_PERSONS)
    consortium.decided_by = attempt.actor
    consortium.action_due_on = None


def _publish(attempt: Attempt) -> None:
    _decide(attempt)
    notice = publication.enter(
        attempt.consortium,
        actor=attempt.actor,
        day=attempt.day,
        policy=attempt.policy,
        **attempt.payload,
    )
    attempt.seen["notice_ends_on"] = attempt.consortium.notice_ends_on.isoformat()
    if notice:
        attempt.seen["notice"] = notice.pk


def _file(attempt: Attempt) -> None:
    _decide(attempt)
    consortium, day = attempt.consortium, attempt.day
    serial = numbering.take_next(day.year)
    consortium.filing_year, consortium.filing_serial = day.year, serial
    consortium.filing_number = numbering.written(day.year, serial)
    consortium.verification_code = secrets.token_urlsafe(12)
    consortium.starts_on = day
    consortium.ends_on = last_day(day, consortium.term_months)
    attempt.seen |= {
        "filing_number": consortium.filing_number,
        "ends_on": consortium.ends_on.isoformat(),
    }
    _write(attempt, Letter.Kind.FILED)


def _reject(attempt: Attempt) -> None:
    _decide(attempt)
    clause = attempt.payload["clause"]
    _write(attempt, Letter.Kind.REJECTED, clause=clause, reason=attempt.reason)


def _write(attempt: Attempt, kind: Letter.Kind, **content) -> None:
    letter = letters.issue(
        attempt.consortium, kind, day=attempt.day, policy=attempt.policy, **content
    )
    attempt.seen["letter"] = letter.number


def _lapse(attempt: Attempt) -> None:
    attempt.seen["correction_due_on"] = attempt.consortium.correction_due_on.isoformat()


def _expire(attempt: Attempt) -> None:
    attempt.consortium.ended_on = attempt.consortium.ends_on
    attempt.seen["ends_on"] = attempt.consortium.ends_on.isoformat()


def _terminate(attempt: Attempt) -> None:
    attempt.consortium.ended_on = attempt.day
    attempt.consortium.closing_reason = attempt.payload["closing_reason"]


def _revoke(attempt: Attempt) -> None:
    attempt.consortium.ended_on = attempt.day
    mark_revoked(attempt.payload["credit_case"], attempt.actor)


EFFECTS = {
    Action.SUBMIT: _submit,
    Action.WITHDRAW: _withdraw,
    Action.ACCEPT: _accept,
    Action.RETURN: _return,
    Action.RECALL: _recall,
    Action.RECOMMEND: _recommend,
    Action.PUBLISH: _publish,
    Action.FILE: _file,
    Action.REJECT: _reject,
    Action.LAPSE: _lapse,
    Action.EXPIRE: _expire,
    Action.TERMINATE: _terminate,
    Action.REVOKE: _revoke,
}
