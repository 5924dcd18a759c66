"""The places of a report that a comment can be about: its parts, the fields of their forms, and its
rows; and the page that each is mended on."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from filings.refusals import Refused
from reports.figures import OF_REPORT, OF_UNITS
from reports.models import (
    AnnualReport,
    ChangeExplanation,
    MilestoneProgress,
    PlanMilestone,
    ReportComment,
    ReportProject,
    UnitPart,
)
from reports.models.unit import ADDED
from reports.parts import ROWS_OF, Part, Rows
from reports.rows import SAID

_PROJECT = (
    "title", "task", "unit", "partners", "budget", "spent", "stage", "planned_percent",
    "done_percent", "result",
)  # fmt: skip
# What the rows of a part say.
_ROWS = {
    Part.CONSTRUCTION: (ChangeExplanation, SAID[ChangeExplanation]),
    Part.COOPERATION: (ReportProject, _PROJECT),
    Part.TASKS: (MilestoneProgress, SAID[MilestoneProgress]),
    Part.PLAN: (PlanMilestone, ("title", "due_on", "task", "unit")),
}


def fields_of(part: str) -> list[tuple[str, str]]:
    """The fields of a part and of its rows, with their names."""
    part = Part(part)
    model, names = _ROWS.get(part, (UnitPart, OF_UNITS.get(part, ())))
    places = [(AnnualReport, name) for name in (part.value, *OF_REPORT.get(part, ()))]
    places += [(model, name) for name in names if name not in ADDED]
    return [(name, capfirst(str(of._meta.get_field(name).verbose_name))) for of, name in places]


def about(comment: ReportComment) -> str:
    """The field that it is about, by its name."""
    return dict(fields_of(comment.part)).get(comment.field, "") if comment.field else ""


def place_of(row: Model) -> str:
    """Where one row of a report is: the relation that leads to it, and its key."""
    return f"{row._meta.get_field('report').remote_field.related_name}-{row.pk}"


def rows_at(report: AnnualReport, fields: Iterable[str]) -> dict[str, Model]:
    """The rows of a report, by their places, of the kinds that some comments are about: a row that
    is not among them is gone. One query for each kind, none where it has been read."""
    kinds = {field.partition("-")[0] for field in fields if "-" in field}
    return {
        place_of(row): row for kind in Rows if kind in kinds for row in getattr(report, kind).all()
    }


def row_name(report: AnnualReport, part: str, field: str) -> str:
    """What the row that `field` is the place of is called now, in the portal's language; nothing
    where it is a field's name. Raises Refused when the part has no such row."""
    if "-" not in field:
        return ""
    row = rows_at(report, [field]).get(field)
    if row is None or field.partition("-")[0] not in ROWS_OF[Part(part)]:
        raise Refused(_("This part of the report has no such row."))
    with translation.override(settings.LANGUAGE_CODE):
        return str(row)[:300]


def page_of(comment: ReportComment, row: Model | None) -> str:
    """Where a comment is answered: the page of the unit or project that it is about, else that of
    its part. `row` is what it is about, None when that is no row or gone."""
    match row:
        case UnitPart():
            page = reverse("reports:unit", args=[comment.report_id, row.pk])
        case ReportProject():
            page = reverse("reports:project", args=[comment.report_id, row.pk])
        case _:
            page = reverse("reports:part", args=[comment.report_id, comment.part])
    return f"{page}#comment-{comment.pk}"
