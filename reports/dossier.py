"""A report as an officer reads it: part by part, each with its rows, figures, papers and findings.

While the lead unit writes or corrects, what it types is not the bureau's to see: then there is
only what was handed in last.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from filings.eligibility.engine import Finding
from reports.figures import OF_REPORT, Figure, compared, values
from reports.grids import Grid, grids
from reports.models import AnnualReport, ReportComment, ReportDocument, ReportSubmission
from reports.parts import Part


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the reason that the lead unit gave for its rule."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report; `before` is its text in the report before, `comments` what was written
    on it."""

    number: int
    part: Part
    text: str
    before: str
    figures: list[Figure]
    grids: list[Grid]
    documents: list[ReportDocument]
    judged: list[Judged]
    comments: list[ReportComment]


def chapters(
    report: AnnualReport,
    before: AnnualReport | None,
    findings: Iterable[Finding],
    documents: Iterable[ReportDocument],
    comments: list[ReportComment],
) -> list[Chapter]:
    """The seven parts of a report that lies with the bureau, whose rows have been read, and those
    of the report before (`reports.rows`). No query."""
    figures = compared(report, before)
    now, last = values(report), values(before) if before else None
    judged = [Judged(found, report.justifications.get(found.rule, "")) for found in findings]
    return [
        Chapter(
            number=number,
            part=part,
            text=getattr(report, part.value),
            before=getattr(before, part.value) if before else "",
            figures=[figure for figure in figures if figure.name in OF_REPORT.get(part, ())],
            grids=grids(part, report.units.all(), now, last),
            documents=[paper for paper in documents if paper.part == part],
            judged=[item for item in judged if item.finding.step == part],
            comments=[comment for comment in comments if comment.part == part],
        )
        for number, part in enumerate(Part, start=1)
    ]


def papers_of(report: AnnualReport, submission: ReportSubmission | None) -> list[ReportDocument]:
    """The papers that came with a submission and are with the report still."""
    filed = {paper["id"] for paper in submission.documents} if submission else set()
    return [paper for paper in report.documents.kept() if paper.pk in filed]
