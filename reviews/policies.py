"""When a policy may still be edited: decisions must stay readable under the rules of their day."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from filings.models import Policy
from filings.permissions import YES, Answer


def may_be_edited(policy: Policy, day: date) -> Answer:
    """A coming policy, and the one in force until a submission has been judged by it."""
    if policy.effective_from > day:
        return YES
    if Policy.objects.filter(
        effective_from__gt=policy.effective_from, effective_from__lte=day
    ).exists():
        return Answer(False, _("A later policy has taken its place: it stays as it was."))
    if policy.submission_set.exists():
        return Answer(
            False,
            _(
                "Filings have been submitted under it: it stays as it is. Add a new policy with "
                "the day from which it applies."
            ),
        )
    return YES


def may_begin_on(effective_from: date, day: date) -> Answer:
    """A new policy begins tomorrow at the earliest: today's submissions have their policy."""
    if effective_from > day:
        return YES
    return Answer(False, _("A policy begins tomorrow at the earliest."))
