"""One move for many filings: each through its own guard, in a transaction of its own.

Rejecting is left out on purpose: every rejection has a clause and a reason of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from filings.models import Consortium, Event, PublicNotice
from filings.permissions import Answer
from filings.refusals import Refused
from filings.states import Action
from filings.transitions import perform
from reviews.moves import outlook

BATCH = (Action.ACCEPT, Action.RECOMMEND, Action.PUBLISH, Action.FILE)
MOST = 100


@dataclass(frozen=True, slots=True)
class Prospect:
    """A filing, and whether the move would go through now."""

    consortium: Consortium
    answer: Answer


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a filing: the event of its move, or why there is none."""

    consortium: Consortium
    event: Event | None
    refusal: str = ""


def prospects(user, action: Action, consortia: Iterable[Consortium]) -> list[Prospect]:
    return [Prospect(consortium, outlook(user, action, consortium)) for consortium in consortia]


def perform_each(
    user, action: Action, consortia: Iterable[Consortium], versions: dict[int, int], **given: Any
) -> list[Result]:
    """Take the move on each of `consortia`, whatever becomes of the others.

    `versions` are those the person looked at, so that the same batch sent twice moves nothing
    twice. What is published together stands in one notice, that of the first that went.
    """
    results = []
    for consortium in consortia:
        result = _perform(user, action, consortium, versions[consortium.pk], given)
        results.append(result)
        if result.event and "notice" in result.event.data:
            notice = PublicNotice.objects.get(pk=result.event.data["notice"])
            given = {"reason": given.get("reason", ""), "notice": notice}
    return results


def _perform(user, action: Action, consortium: Consortium, version: int, given: dict) -> Result:
    try:
        event = perform(consortium.pk, action, actor=user, expected_version=version, **given)
    except Refused as refused:
        return Result(consortium, None, str(refused.message))
    except DatabaseError:
        return Result(consortium, None, _("The database could not do it now: please try again."))
    consortium.refresh_from_db()
    return Result(consortium, event)
