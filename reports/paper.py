"""The report as an official print (clause 5.2): a cover, the seven parts, and who answers for them.

What lies with the bureau is shown under the names and the digest it was submitted with: its rows
stay as they are until it is returned or withdrawn. Everything else is marked as a draft.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from filings.eligibility.engine import Finding
from filings.pdf import render
from reports.checks import findings_of
from reports.figures import OF_REPORT, is_money, label, said, values
from reports.grids import Grid, grids
from reports.models import AnnualReport, ReportSubmission
from reports.parts import Part
from reports.rows import ROWS

_NUMERALS = "一二三四五六七"


@dataclass(frozen=True, slots=True)
class Chapter:
    number: str
    part: Part
    text: str
    figures: list[tuple[str, str]]
    grids: list[Grid]


@dataclass(frozen=True, slots=True)
class Justified:
    """What one rule found, and the one reason that was given for all of it."""

    basis: str
    messages: list[str]
    reason: str


def pdf(report: AnnualReport) -> bytes:
    """The report as it stands, as a PDF."""
    prefetch_related_objects([report], *ROWS)
    submission = None if report.is_editable else report.submissions.last()
    consortium = report.consortium
    with translation.override("zh-hans"):
        context = {
            "report": report,
            "consortium": consortium,
            "is_draft": report.is_editable,
            "submission": submission,
            "name": submission.content["name"] if submission else consortium.name,
            "lead": submission.content["lead"] if submission else consortium.lead_unit.name,
            "at": timezone.now() if report.is_editable else report.submitted_at,
            "chapters": _chapters(report),
            "justified": _justified(report, submission),
        }
    return render("sheets/report.html", context)


def _chapters(report: AnnualReport) -> list[Chapter]:
    whole = values(report)
    return [
        Chapter(
            number,
            part,
            getattr(report, part.value),
            [(_headed(name), said(name, whole[name])) for name in OF_REPORT.get(part, ())],
            grids(part, report.units.all(), whole),
        )
        for number, part in zip(_NUMERALS, Part, strict=True)
    ]


def _headed(name: str) -> str:
    """The name of a figure that stands in no table of money: its measure goes with it."""
    if not is_money(name):
        return label(name)
    return str(_("%(figure)s (10,000 CNY)") % {"figure": label(name)})


def _justified(report: AnnualReport, submission: ReportSubmission | None) -> list[Justified]:
    """The warnings that a reason was given for, as of the submission or as they stand now."""
    reasons = (submission or report).justifications
    if not any(reasons.values()):
        return []
    if submission:
        findings = [Finding.from_dict(stored) for stored in submission.findings]
    else:
        findings = findings_of(report)
    of_rules: dict[str, list[Finding]] = {}
    for finding in findings:
        of_rules.setdefault(finding.rule, []).append(finding)
    return [
        Justified(found[0].basis, [finding.message for finding in found], reasons[rule])
        for rule, found in of_rules.items()
        if reasons.get(rule)
    ]
