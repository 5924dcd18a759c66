"""The statements that a person's units may still give in credit cases."""

from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from accounts.models import Unit
from filings.deadlines import Deadline
from filings.duties import MOST, Duty
from filings.workdays import workdays_left
from reviews.deadlines import of_units


def duties_of(user, today: date) -> list[Duty]:
    """Open cases against the person's units in which nothing has been stated (clause 5.3)."""
    asked = of_units(Unit.objects.edited_by(user), today)
    return [_duty(deadline, today) for deadline in islice(asked, MOST)]


def _duty(deadline: Deadline, today: date) -> Duty:
    text = _("The bureau opened a credit case against %(unit)s: state your side.")
    return Duty(
        deadline.subject,
        text % {"unit": deadline.owed_by},
        _("Read it and answer"),
        deadline.url,
        deadline.day,
        workdays_left(today, deadline.day),
    )
