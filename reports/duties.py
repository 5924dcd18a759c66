"""The yearly reports that a person's units owe."""

from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from accounts.models import Unit
from filings.deadlines import Deadline, Kind
from filings.duties import MOST, Duty
from filings.workdays import workdays_left
from reports.deadlines import of_units


def duties_of(user, today: date) -> list[Duty]:
    """Those that are open and not in, of consortia that still run (clause 5.2)."""
    owed = of_units(Unit.objects.edited_by(user), today)
    return [_duty(deadline, today) for deadline in islice(owed, MOST)]


def _duty(deadline: Deadline, today: date) -> Duty:
    report = deadline.row
    text = _("The yearly report on %(year)s is due.")
    if deadline.kind == Kind.REPORT_CORRECTION:
        text = _("The yearly report on %(year)s came back: mend it and submit it again.")
    return Duty(
        report.consortium.name,
        text % {"year": report.call.reporting_year},
        _("Write the report"),
        deadline.url,
        deadline.day,
        workdays_left(today, deadline.day),
    )
