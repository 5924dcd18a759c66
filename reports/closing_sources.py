"""What accepted yearly reports know already when a closing summary is begun; found by
`filings.apps` at the start."""

from django.db.models import Sum

from filings.closing.known import Known, also
from filings.models import ClosingResult, Consortium
from reports.models import AnnualReport, MilestoneProgress
from reports.states import Status

FIGURES = ("patents", "standards", "papers", "products", "income")
# What stays true from a report to the end; the rest is to be said anew.
_FINAL = {
    MilestoneProgress.State.REACHED: ClosingResult.State.REACHED,
    MilestoneProgress.State.DROPPED: ClosingResult.State.DROPPED,
}


def of_accepted_reports(consortium: Consortium) -> Known:
    """The milestones that they tell of, the latest word of each, and their figures added up."""
    accepted = AnnualReport.objects.filter(consortium=consortium, status=Status.ACCEPTED)
    told = MilestoneProgress.objects.filter(report__in=accepted, state__in=_FINAL)
    rows = told.order_by("report__call__reporting_year", "report")
    sums = accepted.aggregate(**{name: Sum(name) for name in FIGURES})
    return Known(
        {row.milestone_id: (_FINAL[row.state], row.note) for row in rows},
        {name: value for name, value in sums.items() if value is not None},
    )


also(of_accepted_reports)
