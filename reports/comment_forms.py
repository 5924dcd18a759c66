"""The places of a report that a comment can be about: its parts, and the fields of their forms."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from filings.forms.remarks import RemarkAtForm
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
from reports.parts import Part
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


class ReportCommentForm(RemarkAtForm):
    """One thing to be mended, in a part of the report or at one of its fields."""

    sections = Part
    column = "part"
    whole = _("%(section)s: the whole part")

    @staticmethod
    def fields_of(section: str) -> list[tuple[str, str]]:
        return fields_of(section)
