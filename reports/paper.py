"""The report as an official print (clause 5.2): a cover, the seven parts, and who answers for them.

What lies with the bureau is shown under the names and the digest it was submitted with: its rows
stay as they are until it is returned or withdrawn. Everything else is marked as a draft.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.templatetags.portal import amount
from filings.eligibility.engine import Finding
from filings.pdf import render
from reports.checks import findings_of
from reports.figures import OF_REPORT, is_money, label, values
from reports.models import AnnualReport, ReportSubmission
from reports.models.unit import INCOME, PURPOSES, SOURCES, STAFF, TALENTS, TRAINED
from reports.parts import Part
from reports.rows import ROWS

_NUMERALS = "一二三四五六七"
# Of a part the tables with a line for each unit: no wider than a page bears.
_OF_UNITS = {
    Part.TEAM: ((_("People of the units"), STAFF),),
    Part.FUNDS: (
        (_("Funds put in, by source"), (*SOURCES, "funds_in")),
        (_("Funds used, by purpose"), (*PURPOSES, "funds_used")),
        (_("Income from results and how it was shared"), INCOME),
    ),
    Part.TALENT: (
        (_("People trained"), (*TRAINED, "trained")),
        (_("Talents won"), (*TALENTS, "talents")),
    ),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures with a line for each unit, and their sums beneath."""

    title: str
    is_money: bool
    columns: list[str]
    rows: list[tuple[str, list[str]]]
    sums: list[str]


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
            [(_headed(name), _said(name, whole[name])) for name in OF_REPORT.get(part, ())],
            [_grid(report, str(title), names, whole) for title, names in _OF_UNITS.get(part, ())],
        )
        for number, part in zip(_NUMERALS, Part, strict=True)
    ]


def _grid(report: AnnualReport, title: str, names: tuple[str, ...], whole: dict[str, Any]) -> Grid:
    return Grid(
        title,
        is_money(names[0]),
        [label(name) for name in names],
        [
            (unit.name, [_said(name, getattr(unit, name)) for name in names])
            for unit in report.units.all()
        ],
        [_said(name, whole[name]) for name in names],
    )


def _headed(name: str) -> str:
    """The name of a figure that stands in no table of money: its measure goes with it."""
    if not is_money(name):
        return label(name)
    return str(_("%(figure)s (10,000 CNY)") % {"figure": label(name)})


def _said(name: str, value: Decimal | int | None) -> str:
    if value is None:
        return "—"
    return amount(value) if is_money(name) else f"{value:,}"


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
