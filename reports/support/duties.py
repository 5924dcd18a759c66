"""Requests for support that came back and wait for their unit."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from accounts.models import Unit
from filings.duties import MOST, Duty
from filings.workdays import workdays_left
from reports.support.deadlines import of_units


def duties_of(user, today: date) -> Iterator[Duty]:
    for deadline in islice(of_units(Unit.objects.edited_by(user), today), MOST):
        yield Duty(
            deadline.subject,
            _("The bureau asks for more: %(request)s.") % {"request": deadline.row},
            _("Complete it"),
            deadline.url,
            deadline.day,
            workdays_left(today, deadline.day),
        )
