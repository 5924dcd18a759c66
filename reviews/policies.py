"""When a policy may still be edited: decisions must stay readable under the rules of their day."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from filings.models import CreditCase, Event, Policy
from filings.permissions import YES, Answer
from filings.states import Action


def may_be_edited(policy: Policy, day: date) -> Answer:
    """A coming policy, and the one in force until it has been applied for the first time."""
    if policy.effective_from > day:
        return YES
    if Policy.objects.filter(
        effective_from__gt=policy.effective_from, effective_from__lte=day
    ).exists():
        return Answer(False, _("A later policy has taken its place: it stays as it was."))
    if _has_been_applied(policy):
        return Answer(
            False,
            _(
                "It has been applied already: it stays as it is. Add a new policy with the day "
                "from which it applies."
            ),
        )
    return YES


def _has_been_applied(policy: Policy) -> bool:
    """Whether the latest policy has judged a submission, or given a move or a case its days.

    A filing submitted under the policy before is accepted, returned and published under this one.
    """
    begins = policy.effective_from
    return (
        policy.submission_set.exists()
        or Event.objects.filter(action__in=Action.values, at__date__gte=begins).exists()
        or CreditCase.objects.filter(opened_at__date__gte=begins).exists()
        or policy.expert_rounds.exists()
    )


def may_begin_on(effective_from: date, day: date) -> Answer:
    """A new policy begins tomorrow at the earliest: today's submissions have their policy."""
    if effective_from > day:
        return YES
    return Answer(False, _("A policy begins tomorrow at the earliest."))
