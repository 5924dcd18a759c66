"""A report as plain JSON: what a submission freezes, what two submissions are compared by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, prefetch_related_objects
from django.utils.translation import gettext as _

from filings.snapshot import Difference, plain, words
from reports.figures import OF_REPORT
from reports.models import (
    AnnualReport,
    ChangeExplanation,
    MilestoneProgress,
    PlanMilestone,
    ReportDocument,
    ReportProject,
    UnitPart,
)
from reports.models.unit import FIGURES
from reports.parts import Part
from reports.rows import ROWS

# Of each part its rows: name, model, what is kept of each.
LISTS: dict[Part, tuple[tuple[str, type[Model], tuple[str, ...]], ...]] = {
    Part.CONSTRUCTION: (("changes", ChangeExplanation, ("text",)),),
    Part.COOPERATION: (
        (
            "projects",
            ReportProject,
            (
                "title", "unit", "budget", "spent", "stage", "planned_percent", "done_percent",
                "result",
            ),
        ),
    ),
    Part.FUNDS: (
        ("units", UnitPart, ("work", *FIGURES, "signed_name", "skipped_reason")),
    ),
    Part.TASKS: (("milestones", MilestoneProgress, ("state", "evidence", "reason")),),
    Part.PLAN: (("plan_milestones", PlanMilestone, ("title", "due_on")),),
}  # fmt: skip
_RELATED = {"changes": "change_explanations"}


@dataclass(frozen=True, slots=True)
class ReportDifference(Difference):
    """One thing that changed between two submissions of a report, at its part and, of a row, at the
    row's place (`reports.places`)."""

    place: str = ""

    @property
    def section_label(self) -> str:
        return str(Part(self.section).label)


def take(report: AnnualReport) -> dict[str, Any]:
    """The whole report as it stands, part by part; rows are known by their ids."""
    prefetch_related_objects([report], *ROWS)
    papers = list(report.documents.kept())
    content = {}
    for part in Part:
        names = (part.value, *OF_REPORT.get(part, ()))
        content[part.value] = {name: plain(getattr(report, name)) for name in names}
        for name, _model, fields in LISTS.get(part, ()):
            rows = getattr(report, _RELATED.get(name, name)).all()
            content[part.value][name] = [_row(row, fields) for row in rows]
        content[part.value]["documents"] = [_paper(row) for row in papers if row.part == part]
    content["name"] = report.consortium.name
    content["lead"] = report.consortium.lead_unit.name
    content["year"] = report.call.reporting_year
    return content


def _row(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    kept = {name: plain(getattr(row, name)) for name in fields}
    if "unit" in kept:
        kept["unit"] = str(row.unit)
    return {"id": row.pk, "row": str(row)} | kept


def _paper(paper: ReportDocument) -> dict[str, Any]:
    return {
        "id": paper.pk,
        "name": paper.original_name,
        "unit": paper.unit.name if paper.unit else "",
        "pages": paper.pages,
        "sha256": paper.sha256,
    }


def present(content: dict[str, Any]) -> list[tuple[Part, list[tuple[str, str]]]]:
    """What was frozen, part by part: its lines in words, by their names."""
    return [(part, list(_flat(part, content[part.value]).values())) for part in Part]


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[ReportDifference]:
    """What changed from one submission to the next, in words, in the order of the parts."""
    found = []
    for part in Part:
        old, new = _flat(part, before[part.value]), _flat(part, after[part.value])
        for key in [*new, *(key for key in old if key not in new)]:
            label = (new.get(key) or old[key])[0]
            was, now = (side.get(key, (label, ""))[1] for side in (old, new))
            if was != now:
                found.append(ReportDifference(part.value, label, was, now, _place(*key)))
    return found


def _place(name: str, row: int | None = None, *field: str) -> str:
    return f"{_RELATED.get(name, name)}-{row}" if field else ""


def _flat(part: Part, content: dict[str, Any]) -> dict[tuple, tuple[str, str]]:
    """Every value of a part in words, by a key that stays the same in the next submission."""
    flat = {}
    for name in (part.value, *OF_REPORT.get(part, ())):
        label = str(AnnualReport._meta.get_field(name).verbose_name)
        flat[name,] = label, words(AnnualReport, name, content.get(name))
    for name, model, fields in LISTS.get(part, ()):
        for row in content.get(name, ()):
            for field in fields:
                label = f"{row['row']} · {model._meta.get_field(field).verbose_name}"
                value = row[field] if field == "unit" else words(model, field, row[field])
                flat[name, row["id"], field] = label, value
    # Reports that were handed in before papers went with them have none, or none of units.
    for paper in content.get("documents", ()):
        label = " · ".join(filter(None, (paper.get("unit"), _("Document"))))
        flat["documents", paper["id"]] = label, paper["name"]
    return flat
