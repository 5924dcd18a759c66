"""The yearly reports: due, in and late; and what the accepted ones say, by year and field."""

from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from filings.models import ProvincialApplication
from reports.models import AnnualReport, UnitPart
from reports.models.content import STANDARDS
from reports.models.unit import PURPOSES, SOURCES, TRAINED
from reports.states import Status
from reports.statistics.running import NONE
from reports.support.figures import by_kind_and_year

# What is added up, and of which columns: of the parts of the units, and of the reports themselves.
OF_UNITS = {"funds_in": SOURCES, "funds_used": PURPOSES, "trained": TRAINED}
OF_REPORTS = {
    "patents": ("patents_granted",), "standards": STANDARDS, "papers": ("papers",),
    "products": ("products",), "prizes": ("prizes",), "sales": ("sales",),
}  # fmt: skip
FIGURES = (*OF_UNITS, *OF_REPORTS)
# In 10k CNY.
MONEY = frozenset({"funds_in", "funds_used", "sales"})
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
    """What the accepted ones of the reports add up to, of each year and field; two queries."""
    accepted = reports.filter(status=Status.ACCEPTED)
    found = _added(accepted, "", OF_REPORTS, reports=Count("pk"))
    units = UnitPart.objects.filter(report__in=accepted.order_by().values("pk"))
    for group, row in _added(units, "report__", OF_UNITS).items():
        found[group] |= row
    return [
        {"call": call, "year": year, "field": field or NONE}
        | {"reports": row["reports"]}
        | {name: _plain(name, row.get(name)) for name in FIGURES}
        for (call, year, field), row in sorted(
            found.items(), key=lambda item: (-item[0][1], item[0][2] or "")
        )
    ]


def grades(reports) -> list[dict]:
    """How many of the accepted reports got which grade, of each year, the latest first; what a
    policy without grades accepted has none."""
    graded = reports.exclude(grade="").order_by()
    rows = graded.values("call", "grade", "grade_name", year=F("call__reporting_year"))
    counted = rows.annotate(reports=Count("pk"))
    return sorted(counted, key=lambda row: (-row["year"], -row["reports"], row["grade"]))


def _added(rows, before: str, terms: dict[str, tuple[str, ...]], **also) -> dict[tuple, dict]:
    """The sums of the rows by call, year and field; `before` leads to the report."""
    groups = (
        f"{before}call", f"{before}call__reporting_year",
        f"{before}consortium__focus_field__code",
    )  # fmt: skip
    columns = {f"sum_{column}": Sum(column) for names in terms.values() for column in names}
    return {
        tuple(row[group] for group in groups): {name: row[name] for name in also}
        | {
            name: sum(row[f"sum_{column}"] or 0 for column in names)
            for name, names in terms.items()
        }
        for row in rows.order_by().values(*groups).annotate(**columns, **also)
    }


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


def provincial(**about) -> list[dict]:
    """What became of applications for a provincial consortium (clause 2) that the bureau stands
    for, by the year of the application, the latest first."""
    applications = ProvincialApplication.objects.confirmed().filter(**about).order_by("-year")
    outcomes = {
        outcome.value: Count("pk", filter=Q(outcome=outcome))
        for outcome in ProvincialApplication.Outcome
    }
    return list(applications.values("year").annotate(**outcomes))
