"""The life of a consortium as a table: which action leads from where to where, and who may take it.

Clauses 1, 5.1 and 5.3 name the ends (tasks completed, term over, dishonesty); the rest is the
bureau's procedure. Only `filings.transitions` writes a status, and only along these moves.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    UNDER_REVIEW = "under_review", _("Under review")
    RECOMMENDED = "recommended", _("Recommended")
    PUBLIC_NOTICE = "public_notice", _("Public notice")
    ACTIVE = "active", pgettext_lazy("consortium", "Active")
    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated early")
    REVOKED = "revoked", _("Revoked")
    REJECTED = "rejected", _("Rejected")
    LAPSED = "lapsed", _("Lapsed")


class Action(TextChoices):
    SUBMIT = "submit", _("Submit")
    WITHDRAW = "withdraw", _("Withdraw")
    ACCEPT = "accept", _("Accept for review")
    RETURN = "return", _("Return for correction")
    RECALL = "recall", _("Cancel the return")
    RECOMMEND = "recommend", _("Recommend")
    PUBLISH = "publish", _("Publish for objections")
    FILE = "file", _("File")
    REJECT = "reject", _("Reject")
    LAPSE = "lapse", _("Lapse")
    EXPIRE = "expire", _("Expire")
    TERMINATE = "terminate", _("Terminate early")
    REVOKE = "revoke", _("Revoke")


class Entry(TextChoices):
    """What the history records besides the moves; none of these changes a status."""

    CONFIRM = "confirm", _("Member confirmed its part")
    DISPUTE = "dispute", _("Member disputed its part")
    CHANGE = "change", _("Change reported")
    CHANGE_ASKED = "change_ask", _("Units asked to confirm a change")
    CHANGE_REOPENED = "change_reopen", _("Change taken back to edit")
    CHANGE_WITHDRAWN = "change_withdraw", _("Report of a change withdrawn")
    CHANGE_RETURNED = "change_return", _("Change returned to be mended")
    CHANGE_NOTED = "change_note", _("Change noted by the bureau")
    CHANGE_DROPPED = "change_drop", _("Change given up")
    CHANGE_CONFIRMED = "change_confirm", _("Change confirmed by a member")
    CHANGE_DISPUTED = "change_dispute", _("Change disputed by a member")
    RENAMED = "renamed", _("Unit renamed")
    OBJECTION = "objection", _("Objection received")
    OBJECTION_CLOSED = "objection_closed", _("Objection answered")
    EXPERTS = "experts", _("Experts asked")
    EXPERTS_CLOSED = "experts_closed", _("Expert review closed")
    COPY = "copy", _("Begun from an earlier filing, without its documents and signatures")
    READ = "read", _("Begun from a JSON file, without documents")
    RENEW = "renew", _("Begun anew from a consortium at its end")
    CLOSING = "closing", _("Closing summary handed in")
    PROVINCIAL = "provincial", _("Application for a provincial consortium")
    ASSIGNED = "assigned", _("Assigned to an officer")
    RELEASED = "released", _("Released by the officer")
    OVERRULED = "overruled", _("Answer of a rule overruled in the checklist")


# How the bureau shares and does its work is not for the units to read.
INTERNAL = (Entry.ASSIGNED, Entry.RELEASED, Entry.OVERRULED)


class Actor(StrEnum):
    """Who takes a move that no staff role takes."""

    LEAD = "lead"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Move:
    action: Action
    sources: tuple[Status, ...]
    target: Status
    who: dict[Status, str]
    needs_reason: bool = False


def _move(action, target, who, *sources, needs_reason=False):
    return Move(action, sources, target, dict.fromkeys(sources, who), needs_reason)


MOVES: dict[Action, Move] = {
    move.action: move
    for move in (
        _move(Action.SUBMIT, Status.SUBMITTED, Actor.LEAD, Status.DRAFT, Status.RETURNED),
        _move(Action.WITHDRAW, Status.DRAFT, Actor.LEAD, Status.SUBMITTED),
        _move(Action.ACCEPT, Status.UNDER_REVIEW, Role.INTAKE, Status.SUBMITTED),
        Move(
            Action.RETURN,
            (Status.SUBMITTED, Status.UNDER_REVIEW),
            Status.RETURNED,
            {Status.SUBMITTED: Role.INTAKE, Status.UNDER_REVIEW: Role.REVIEWER},
        ),
        # Taken back by mistake or on second thoughts: it waits at intake as it was submitted.
        _move(Action.RECALL, Status.SUBMITTED, Role.INTAKE, Status.RETURNED, needs_reason=True),
        _move(Action.RECOMMEND, Status.RECOMMENDED, Role.REVIEWER, Status.UNDER_REVIEW),
        _move(Action.PUBLISH, Status.PUBLIC_NOTICE, Role.DECIDER, Status.RECOMMENDED),
        _move(Action.FILE, Status.ACTIVE, Role.DECIDER, Status.PUBLIC_NOTICE),
        _move(
            Action.REJECT,
            Status.REJECTED,
            Role.DECIDER,
            Status.RECOMMENDED,
            Status.PUBLIC_NOTICE,
            needs_reason=True,
        ),
        _move(Action.LAPSE, Status.LAPSED, Actor.CALENDAR, Status.RETURNED),
        _move(Action.EXPIRE, Status.EXPIRED, Actor.CALENDAR, Status.ACTIVE),
        _move(
            Action.TERMINATE,
            Status.TERMINATED,
            Role.DECIDER,
            Status.ACTIVE,
            needs_reason=True,
        ),
        _move(
            Action.REVOKE,
            Status.REVOKED,
            Role.DECIDER,
            Status.ACTIVE,
            needs_reason=True,
        ),
    )
}

# What the calendar alone ends: the field that holds the last day, and the state from the next on.
RUNS_OUT = {
    Status.ACTIVE: ("ends_on", Status.EXPIRED),
    Status.RETURNED: ("correction_due_on", Status.LAPSED),
}
EDITABLE = (Status.DRAFT, Status.RETURNED)
IN_PROCEDURE = (
    Status.SUBMITTED,
    Status.RETURNED,
    Status.UNDER_REVIEW,
    Status.RECOMMENDED,
    Status.PUBLIC_NOTICE,
)
# The stages of the procedure at the bureau, and whose each is.
STAGES = {
    Status.SUBMITTED: Role.INTAKE,
    Status.UNDER_REVIEW: Role.REVIEWER,
    Status.RECOMMENDED: Role.DECIDER,
    Status.PUBLIC_NOTICE: Role.DECIDER,
}
AT_THE_BUREAU = tuple(STAGES)
# The states in which the bureau owes an answer by `action_due_on`.
ANSWER_DUE = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.RECOMMENDED)
# A filed consortium has a number, a term and a certificate, also after its end.
FILED = (Status.ACTIVE, Status.EXPIRED, Status.TERMINATED, Status.REVOKED)
ENDED = (
    Status.EXPIRED,
    Status.TERMINATED,
    Status.REVOKED,
    Status.REJECTED,
    Status.LAPSED,
)

# The applicant reads the same state in other words than the officer: who has the ball, what next.
APPLICANT_WORDS = {
    Status.DRAFT: _("You are still filling it in; nobody at the bureau sees it yet."),
    Status.SUBMITTED: _("The bureau's intake officer is checking that it is complete."),
    Status.RETURNED: _("Your turn: mend what the bureau asks for and submit again."),
    Status.UNDER_REVIEW: _("A reviewing officer is examining it; you need do nothing."),
    Status.RECOMMENDED: _("Review is passed; the deciding officer will publish it for objections."),
    Status.PUBLIC_NOTICE: _("It is published; until the notice ends anybody may object."),
    Status.ACTIVE: _("It is filed and running. A report is due every year on the bureau's call."),
    Status.EXPIRED: _("The term is over; the filing ended by itself."),
    Status.TERMINATED: _("It was ended early, without fault."),
    Status.REVOKED: _("The qualification was cancelled."),
    Status.REJECTED: _("The bureau did not file it; the reason is in the history."),
    Status.LAPSED: _("The time for correction passed. You may file anew from it."),
}

OFFICER_WORDS = {
    Status.DRAFT: _("The lead unit took it back and is working on it."),
    Status.SUBMITTED: _("It waits for the intake officer: is it complete?"),
    Status.RETURNED: _("The lead unit is correcting it; nothing is asked of the bureau."),
    Status.UNDER_REVIEW: _("It waits for the reviewing officer: recommend or return it."),
    Status.RECOMMENDED: _("It waits for the deciding officer: publish or reject it."),
    Status.PUBLIC_NOTICE: _("After the notice the deciding officer files it, or rejects it."),
    Status.ACTIVE: _("It is filed and running; nothing is asked of the bureau."),
    Status.EXPIRED: _("The term is over; the filing ended by itself."),
    Status.TERMINATED: _("It was ended early, without fault."),
    Status.REVOKED: _("The qualification was cancelled."),
    Status.REJECTED: _("It was not filed; the reason is in the history."),
    Status.LAPSED: _("The lead unit let the time for correction pass."),
}


def moves_from(status: str) -> tuple[Move, ...]:
    """The moves that the diagram allows from `status`."""
    return tuple(move for move in MOVES.values() if status in move.sources)
