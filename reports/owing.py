"""Who will owe the report of a call and who will not, each with the reason (clause 5.2)."""

from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from filings.models import Consortium
from filings.states import Status
from reports.calls import day_of, owed_by
from reports.models import ReportCall

_OVER = _("Its term ended on %(ends)s, before the reports open.")
_ENDED = {
    Status.TERMINATED: _("It was ended early on %(ends)s, before the reports open."),
    Status.REVOKED: _("It was revoked on %(ends)s, before the reports open."),
}


def owing(call: ReportCall) -> QuerySet[Consortium]:
    return owed_by(call).for_list().order_by("pk")


def exempt(call: ReportCall) -> QuerySet[Consortium]:
    """Those that were filed once and owe nothing; what was never filed owes nothing anyhow."""
    owed = owed_by(call).values("pk")
    return Consortium.objects.registered().exclude(pk__in=owed).for_list().order_by("pk")


def reason(consortium: Consortium, call: ReportCall) -> str:
    """Why it owes the report, or why it does not, for people."""
    year, day = call.reporting_year, day_of(call)
    begins, ends = consortium.starts_on, consortium.ends_on
    if ended := consortium.ended_on:
        ends = min(ends, ended)
    if begins.year > year:
        text = _("Filed on %(begins)s, after the year %(year)s.")
    elif ends < date(year, 1, 1):
        text = _("Ended on %(ends)s, before the year %(year)s.")
    elif ends < day or ended == day:
        text = _ENDED.get(consortium.status, _OVER)
    else:
        text = _("Active in %(year)s since %(begins)s, and its term runs until %(ends)s.")
    return text % {"year": year, "begins": date_format(begins), "ends": date_format(ends)}
