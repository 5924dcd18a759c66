"""The statements that a person's units may still give in credit cases."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.querysets import EDITING
from filings.duties import MOST, Duty
from filings.models import CreditCase
from filings.workdays import workdays_left


def duties_of(user, today: date) -> list[Duty]:
    """Open cases against the person's units in which nothing has been stated (clause 5.3)."""
    cases = CreditCase.objects.filter(
        unit__memberships__user=user,
        unit__memberships__role__in=EDITING,
        outcome=CreditCase.Outcome.OPEN,
        stated_at__isnull=True,
    )
    return [
        Duty(
            case.consortium.name,
            _("The bureau opened a credit case against %(unit)s: state your side.")
            % {"unit": case.unit.name},
            _("Read it and answer"),
            reverse("reviews:case", args=[case.pk]),
            case.statement_due_on,
            workdays_left(today, case.statement_due_on),
        )
        for case in cases.select_related("unit", "consortium")[:MOST]
    ]
