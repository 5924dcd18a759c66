"""The rows of a report, as they are read together with it."""

from django.db.models import Prefetch

from reports.models import (
    ChangeExplanation,
    MilestoneProgress,
    PlanMilestone,
    ReportProject,
    UnitPart,
)
from reports.parts import Part

UNITS = Prefetch("units", UnitPart.objects.select_related("member", "unit"))
PROJECTS = (
    Prefetch("projects", ReportProject.objects.select_related("task", "unit")),
    "projects__partners",
)
EXPLANATIONS = Prefetch("change_explanations", ChangeExplanation.objects.select_related("change"))
MILESTONES = Prefetch(
    "milestones", MilestoneProgress.objects.select_related("milestone__task", "planned__task")
)
PLAN = Prefetch("plan_milestones", PlanMilestone.objects.select_related("task", "unit"))
# What is read besides the report itself; many reports may be prefetched at once.
ROWS = (UNITS, *PROJECTS, MILESTONES, PLAN, EXPLANATIONS, "consortium__members")
# Of a part the rows that its own form has fields for; units and projects have pages of their own.
OF_FORM = {Part.CONSTRUCTION: (EXPLANATIONS,), Part.TASKS: (MILESTONES,)}
# What people say in them.
SAID = {
    ChangeExplanation: ("text",),
    MilestoneProgress: ("state", "evidence", "reason"),
}
