"""The report as an official print."""

from django.db.models import prefetch_related_objects

from filings.pdf import render
from reports.figures import compared
from reports.models import AnnualReport
from reports.parts import Part
from reports.prefill import last_report
from reports.rows import ROWS


def pdf(report: AnnualReport) -> bytes:
    """The report as it stands, as a PDF."""
    prefetch_related_objects([report], *ROWS)
    context = {
        "report": report,
        "parts": [(part, getattr(report, part.value)) for part in Part],
        "figures": compared(report, last_report(report)),
        "projects": report.projects.all(),
        "milestones": report.milestones.all(),
    }
    return render("sheets/report.html", context)
