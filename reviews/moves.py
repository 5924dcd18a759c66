"""An officer's moves before they are taken: what hinders them, and what they will bring about.

Nothing is decided here: `filings.transitions` asks everything again, with the row locked.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role, has_role
from filings.correction import sent_back
from filings.guards import GUARDS, Attempt
from filings.guideline import grounds
from filings.models import ClosingReason, Consortium, CreditCase, Policy
from filings.permissions import YES, Answer, may_take
from filings.refusals import Refused
from filings.states import MOVES, Action, Move
from filings.term import last_day
from filings.workdays import add_workdays

OFFICER_MOVES: tuple[Move, ...] = tuple(
    move for move in MOVES.values() if set(move.who.values()) & set(Role)
)


def concerns(user, action: Action) -> bool:
    """Whether the move is ever one for this person's role."""
    return has_role(user, *MOVES[action].who.values())


def upheld_cases(consortium: Consortium):
    """The cases on which the consortium may be revoked: against its lead, upheld (clause 5.3)."""
    return consortium.credit_cases.filter(
        unit=consortium.lead_unit_id, outcome=CreditCase.Outcome.UPHELD
    )


def outlook(user, action: Action, consortium: Consortium) -> Answer:
    """Whether the move would go through now, and if not, what must be done first."""
    answer = may_take(user, action, consortium)
    if not answer:
        return answer
    day = timezone.localdate()
    attempt = Attempt(
        consortium,
        action,
        user,
        day,
        "",
        _payload(action, consortium, user),
        Policy.objects.in_force(day),
    )
    try:
        for guard in GUARDS[action]:
            guard(attempt)
    except Refused as refused:
        return Answer(False, refused.message)
    return YES


def _payload(action: Action, consortium: Consortium, user) -> dict[str, Any]:
    """What the person is still to choose, so that only the filing itself can hinder the move."""
    if action == Action.TERMINATE:
        return {"closing_reason": ClosingReason.COMPLETED}
    if action == Action.REVOKE:
        cases = upheld_cases(consortium)
        return {"credit_case": cases.exclude(proposed_by=user).first() or cases.first()}
    if action == Action.REJECT:
        return {"clause": next(iter(grounds()))}
    return {}


def consequence(action: Action, consortium: Consortium) -> str:
    """What the move will bring about, with the days reckoned from today."""
    day = timezone.localdate()
    return CONSEQUENCES[action](consortium, day, Policy.objects.in_force(day))


def batch_consequence(action: Action) -> str:
    """What the move will bring about for every filing of a batch."""
    day = timezone.localdate()
    if action == Action.FILE:
        return _(
            "Each consortium gets a filing number of %(year)s, in the order below, and enters the "
            "public register. Its term begins today. This can't be taken back."
        ) % {"year": day.year}
    return CONSEQUENCES[action](None, day, Policy.objects.in_force(day))


def _accept(consortium: Consortium, day: date, policy: Policy) -> str:
    return _(
        "The filing goes to the reviewing officers, who answer by %(due)s. The lead unit is told."
    ) % {"due": date_format(add_workdays(day, policy.review_days))}


def _return(consortium: Consortium, day: date, policy: Policy) -> str:
    return sent_back(day, policy)


def _recall(consortium: Consortium, day: date, policy: Policy) -> str:
    return _(
        "The filing waits at intake again, as it was submitted. The comments stay readable but "
        "ask for nothing any more. The lead unit is told."
    )


def _recommend(consortium: Consortium, day: date, policy: Policy) -> str:
    return _(
        "The filing goes to the deciding officers. After that you can't publish, file or reject "
        "it yourself: another person decides."
    )


def _publish(consortium: Consortium, day: date, policy: Policy) -> str:
    if not policy.public_notice_days:
        return _("The policy asks for no public notice: the filing can be filed at once.")
    return ngettext(
        "Name, units and goals stand on the public site for %(count)s working day, until the end "
        "of %(due)s. Anybody may object until then.",
        "Name, units and goals stand on the public site for %(count)s working days, until the end "
        "of %(due)s. Anybody may object until then.",
        policy.public_notice_days,
    ) % {
        "count": policy.public_notice_days,
        "due": date_format(add_workdays(day, policy.public_notice_days)),
    }


def _file(consortium: Consortium, day: date, policy: Policy) -> str:
    return _(
        "The consortium gets the next filing number of %(year)s and enters the public register. "
        "Its term runs from today to %(last)s. This can't be taken back."
    ) % {"year": day.year, "last": date_format(last_day(day, consortium.term_months))}


def _reject(consortium: Consortium, day: date, policy: Policy) -> str:
    return _(
        "The procedure ends and the consortium is not filed. The lead unit gets a letter with the "
        "clause, your reason and the way to object. This can't be taken back."
    )


def _terminate(consortium: Consortium, day: date, policy: Policy) -> str:
    return _(
        "The filing ends today, without fault and without a credit record. The public register "
        "says so. This can't be taken back."
    )


def _revoke(consortium: Consortium, day: date, policy: Policy) -> str:
    return _(
        "The qualification is cancelled today for serious dishonesty (clause 5.3). The public "
        "register says so, and all units are told. This can't be taken back."
    )


CONSEQUENCES: dict[Action, Callable[[Consortium, date, Policy], str]] = {
    Action.ACCEPT: _accept,
    Action.RETURN: _return,
    Action.RECALL: _recall,
    Action.RECOMMEND: _recommend,
    Action.PUBLISH: _publish,
    Action.FILE: _file,
    Action.REJECT: _reject,
    Action.TERMINATE: _terminate,
    Action.REVOKE: _revoke,
}
