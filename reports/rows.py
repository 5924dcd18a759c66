"""The rows of a report, as they are read together with it."""

from django.db.models import Prefetch

from reports.models import (
    ChangeExplanation,
    MilestoneProgress,
    PlanMilestone,
    ReportProject,
    UnitPart,
)

# What is read besides the report itself; many reports may be prefetched at once.
ROWS = (
    Prefetch("units", UnitPart.objects.select_related("member", "unit")),
    Prefetch("projects", ReportProject.objects.select_related("task", "unit")),
    "projects__partners",
    Prefetch(
        "milestones",
        MilestoneProgress.objects.select_related("milestone__task", "planned__task"),
    ),
    Prefetch("plan_milestones", PlanMilestone.objects.select_related("task", "unit")),
    Prefetch("change_explanations", ChangeExplanation.objects.select_related("change")),
    "consortium__members",
)
