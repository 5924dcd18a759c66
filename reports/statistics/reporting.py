"""The yearly reports: due, in and late; and what the accepted ones say, by year and field."""

from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from reports.models import AnnualReport
from reports.states import Status
from reports.statistics.running import NONE
from reports.support.figures import by_kind_and_year

# The figures of a report that are added up; money in 10k CNY.
OUTPUTS = ("patents", "standards", "papers", "products")
FIGURES = ("funds_used", *OUTPUTS)
MONEY = frozenset({"funds_used"})
IN = (Status.SUBMITTED, Status.ACCEPTED)


def punctuality(day: date, reports) -> list[dict]:
    """Of each opened call of the reports: how many are owed, in, accepted, and how many came late,
    are missing past the due day or lie with the lead unit for correction; the latest year first."""
    opened = reports.filter(call__opened_at__isnull=False)
    late = AnnualReport.objects.came_late().values("pk")
    missing = AnnualReport.objects.missing_on(day).values("pk")
    rows = (
        opened.order_by()
        .values("call", year=F("call__reporting_year"), due_on=F("call__due_on"))
        .annotate(
            owed=Count("pk"),
            came_in=Count("pk", filter=Q(status__in=IN)),
            accepted=Count("pk", filter=Q(status=Status.ACCEPTED)),
            returned=Count("pk", filter=Q(status=Status.RETURNED)),
            late=Count("pk", filter=Q(pk__in=late)),
            missing=Count("pk", filter=Q(pk__in=missing)),
        )
    )
    return [
        {**row, "due_on": row["due_on"].isoformat()}
        for row in sorted(rows, key=lambda row: -row["year"])
    ]


def sums(reports) -> list[dict]:
    """What the accepted ones of the reports add up to, of each year and field."""
    rows = (
        reports.filter(status=Status.ACCEPTED)
        .order_by()
        .values("call", year=F("call__reporting_year"), field=F("consortium__focus_field__code"))
        .annotate(reports=Count("pk"), **{name: Sum(name) for name in FIGURES})
    )
    return [
        {**row, "field": row["field"] or NONE} | {name: _plain(name, row[name]) for name in FIGURES}
        for row in sorted(rows, key=lambda row: (-row["year"], row["field"] or ""))
    ]


def _plain(name: str, value):
    """As it is kept: money as text with two decimals, so that no cent is lost; what no report
    names is nought."""
    return f"{value or Decimal(0):.2f}" if name in MONEY else value or 0


def supported(**about) -> list[dict]:
    """The support measures by year and kind, the latest year first."""
    return [
        {
            "kind": found.kind.value,
            "year": found.year,
            "asked": found.asked,
            "supported": found.supported,
            "declined": found.declined,
            "granted": found.granted,
            "amount_granted": f"{found.amount_granted:.2f}",
        }
        for found in by_kind_and_year(**about)
    ]
