"""The life of a support request as a table. Only `support.transitions` writes its status."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role


class Status(TextChoices):
    DRAFT = "draft", pgettext_lazy("support", "In work")
    SUBMITTED = "submitted", pgettext_lazy("support", "Submitted")
    RETURNED = "returned", pgettext_lazy("support", "Returned for completion")
    ASSESSED = "assessed", pgettext_lazy("support", "Before the decision")
    RECOMMENDED = "recommended", pgettext_lazy("support", "Recommended")
    FORWARDED = "forwarded", pgettext_lazy("support", "Passed on")
    DECLINED = "declined", pgettext_lazy("support", "Not recommended")
    GRANTED = "granted", pgettext_lazy("support", "Granted")
    NOT_GRANTED = "not_granted", pgettext_lazy("support", "Not granted")


class Action(TextChoices):
    SUBMIT = "submit", pgettext_lazy("support", "Submit")
    WITHDRAW = "withdraw", pgettext_lazy("support", "Withdraw")
    RETURN = "return", pgettext_lazy("support", "Return for completion")
    ASSESS = "assess", pgettext_lazy("support", "Put up for decision")
    RECOMMEND = "recommend", pgettext_lazy("support", "Recommend")
    FORWARD = "forward", pgettext_lazy("support", "Pass on")
    DECLINE = "decline", pgettext_lazy("support", "Do not recommend")
    GRANT = "grant", pgettext_lazy("support", "Record as granted")
    FAIL = "fail", pgettext_lazy("support", "Record as not granted")


class Entry(TextChoices):
    """What the history holds besides moves."""

    CONSENTED = "consented", _("Consent to pass it on given")
    REVOKED = "revoked", _("Consent to pass it on taken back")
    SHARED = "shared", _("Passed on to a financial institution")


class Actor(StrEnum):
    """Who takes a move that no staff role takes: the unit that asks."""

    ASKER = "asker"


@dataclass(frozen=True, slots=True)
class Move:
    action: Action
    target: Status
    # By the status it starts from: the roles, any of which will do.
    who: Mapping[Status, tuple[str, ...]]
    needs_reason: bool = False

    @property
    def sources(self) -> tuple[Status, ...]:
        return tuple(self.who)


def _move(action, target, who, *sources, needs_reason=False):
    return Move(action, target, dict.fromkeys(sources, who), needs_reason)


_ASKER, _REVIEWER, _DECIDER = (Actor.ASKER,), (Role.REVIEWER,), (Role.DECIDER,)
# A result may be put right later: the history keeps what stood there.
_AWAITED = (Status.RECOMMENDED, Status.FORWARDED, Status.GRANTED, Status.NOT_GRANTED)

MOVES: Mapping[Action, Move] = {
    move.action: move
    for move in (
        _move(Action.SUBMIT, Status.SUBMITTED, _ASKER, Status.DRAFT, Status.RETURNED),
        # Until it is decided; a returned one that is not wanted any more goes the same way.
        _move(
            Action.WITHDRAW,
            Status.DRAFT,
            _ASKER,
            Status.SUBMITTED,
            Status.RETURNED,
            Status.ASSESSED,
        ),
        Move(
            Action.RETURN,
            Status.RETURNED,
            {Status.SUBMITTED: (Role.INTAKE, Role.REVIEWER), Status.ASSESSED: _DECIDER},
            needs_reason=True,
        ),
        _move(Action.ASSESS, Status.ASSESSED, _REVIEWER, Status.SUBMITTED, needs_reason=True),
        _move(Action.RECOMMEND, Status.RECOMMENDED, _DECIDER, Status.ASSESSED),
        # The reason says to whom.
        _move(
            Action.FORWARD,
            Status.FORWARDED,
            _DECIDER,
            Status.ASSESSED,
            Status.RECOMMENDED,
            needs_reason=True,
        ),
        _move(Action.DECLINE, Status.DECLINED, _DECIDER, Status.ASSESSED, needs_reason=True),
        _move(Action.GRANT, Status.GRANTED, _REVIEWER, *_AWAITED),
        _move(Action.FAIL, Status.NOT_GRANTED, _REVIEWER, *_AWAITED, needs_reason=True),
    )
}

# Who at the bureau has the ball.
TURNS = {Status.SUBMITTED: (Role.INTAKE, Role.REVIEWER), Status.ASSESSED: (Role.DECIDER,)}
# Whose reason is written for the bureau's own people.
INTERNAL = (Action.ASSESS,)
EDITABLE = (Status.DRAFT, Status.RETURNED)
# The bureau said yes; also after the result is known.
SUPPORTED = (Status.RECOMMENDED, Status.FORWARDED, Status.GRANTED, Status.NOT_GRANTED)
DECIDED = (*SUPPORTED, Status.DECLINED)
SETTLED = (Status.DECLINED, Status.GRANTED, Status.NOT_GRANTED)

APPLICANT_WORDS = {
    Status.DRAFT: _("You are still writing it; the bureau does not see it."),
    Status.SUBMITTED: _("The bureau is checking it; you need do nothing."),
    Status.RETURNED: _("Your turn: complete what the bureau asks for and submit again."),
    Status.ASSESSED: _("It was assessed and lies before the deciding officer."),
    Status.RECOMMENDED: _("The bureau recommends it."),
    Status.FORWARDED: _("The bureau passed it on to whom it concerns."),
    Status.DECLINED: _("The bureau does not recommend it; the reason is in the history."),
    Status.GRANTED: _("It was granted; the page of the request says what."),
    Status.NOT_GRANTED: _("It was not granted; the reason is in the history."),
}
