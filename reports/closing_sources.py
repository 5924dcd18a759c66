"""What accepted yearly reports know already when a closing summary is begun; found by
`filings.apps` at the start."""

from django.db.models import Sum

from filings.closing.known import Known, also
from filings.models import ClosingResult, Consortium
from reports.models import AnnualReport, MilestoneProgress, UnitPart
from reports.models.content import STANDARDS
from reports.models.unit import total
from reports.states import Status

State = MilestoneProgress.State
# What stays true from a report to the end; the rest is to be said anew.
_FINAL = {
    State.REACHED: ClosingResult.State.REACHED,
    State.DROPPED: ClosingResult.State.DROPPED,
}


def of_accepted_reports(consortium: Consortium) -> Known:
    """The milestones of the filing that they tell of, the latest word of each, and the figures of
    all years added up."""
    accepted = AnnualReport.objects.filter(consortium=consortium, status=Status.ACCEPTED)
    told = MilestoneProgress.objects.filter(
        report__in=accepted, state__in=_FINAL, milestone__isnull=False
    )
    rows = told.order_by("report__call__reporting_year", "report")
    results = {row.milestone_id: (_FINAL[row.state], row.evidence or row.reason) for row in rows}
    return Known(results, _figures(accepted))


def _figures(accepted) -> dict:
    names = ("patents_granted", *STANDARDS, "papers", "products")
    sums = accepted.aggregate(**{f"sum_{name}": Sum(name) for name in names})
    earned = UnitPart.objects.filter(report__in=accepted).aggregate(sum_income=Sum("income"))
    figures = {
        "patents": sums["sum_patents_granted"],
        "standards": total(sums[f"sum_{name}"] for name in STANDARDS),
        "papers": sums["sum_papers"],
        "products": sums["sum_products"],
        "income": earned["sum_income"],
    }
    return {name: value for name, value in figures.items() if value is not None}


also(of_accepted_reports)
