"""What the calendar does at the bureau's desk: who is to act hears in time, and who answers for the
bureau's clock when it is late."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from filings.deadlines import Deadline, changes_to_note
from filings.models import Change, Consortium, CreditCase, Objection, Policy
from filings.reminders import Reminder, climbing, passed, tell
from filings.states import Status
from reviews import traces
from reviews.deadlines import answers, case_steps, decisions, expert_scores, objections, statements
from reviews.models import ExpertInvitation


def run(on: date | None = None) -> dict[str, int]:
    """Do everything that is due on `on` (today by default); any number of times."""
    day = on or timezone.localdate()
    return {"desk_reminded": tell(to_tell(day)), "traced": traces.catch_up()}


def to_tell(day: date) -> Iterator[Reminder]:
    """All that `run` tells on `day`: units of statements, officers of their work, and the deciding
    officers of what the bureau has not done in its time."""
    policy = Policy.objects.in_force(day)
    yield from _of_units(day, policy)
    soon = policy.bureau_ladder.reach(day)
    filings, cases = Consortium.objects.all(), CreditCase.objects.all()
    yield from _in_time_or_late(
        answers(filings.filter(action_due_on__lte=soon)), day, policy, "bureau_late", "bureau-late"
    )
    for work in (
        decisions(filings, policy, day),
        objections(Objection.objects.all(), policy),
        changes_to_note(Change.objects.all(), policy),
        case_steps(cases, policy, day),
    ):
        yield from _in_time_or_late(work, day, policy, "bureau_work_late")
    invitations = ExpertInvitation.objects.filter(expires_on__lte=soon)
    for deadline in expert_scores(invitations):
        yield from climbing([deadline], policy.bureau_ladder, day, message="expert_due")
        yield from passed([deadline], day, message="expert_late")


def _of_units(day: date, policy: Policy) -> Iterator[Reminder]:
    for deadline in statements(CreditCase.objects.all()):
        yield from climbing([deadline], policy.statement_ladder, day, message="reminder_statement")
        yield from passed(
            [deadline], day, message="statement_over", roles=(Role.REVIEWER,), url=_case
        )


def _in_time_or_late(
    deadlines: Iterable[Deadline], day: date, policy: Policy, late: str, stem: str = ""
) -> Iterator[Reminder]:
    """Who has the work is reminded; once its day has passed the deciding officers are told, who
    answer for the bureau's clock."""
    for deadline in deadlines:
        yield from climbing([deadline], policy.bureau_ladder, day, message="bureau_due")
        yield from passed(
            [deadline], day, message=late, stem=stem, roles=(Role.DECIDER,), words=_filing
        )


def _filing(row: Any) -> dict[str, Any]:
    """What the mail about a late answer says of the filing."""
    if not isinstance(row, Consortium):
        return {}
    return {"lead": row.lead_unit.name, "stage": Status(row.status).label}


def _case(deadline: Deadline) -> str:
    return reverse("admin:filings_creditcase_change", args=[deadline.pk])
