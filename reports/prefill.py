"""What a report begins with: the filing, the changes of the year, last year's report and plan."""

from django.db.models import Prefetch
from django.utils import timezone

from filings.models import Member, Milestone
from reports.models import AnnualReport, ChangeExplanation, MilestoneProgress, ReportProject


def changes_of_year(report: AnnualReport):
    """The changes that took effect in the reporting year: each must be explained (clause 5.3)."""
    year = report.call.reporting_year
    return report.consortium.changes.in_effect().filter(effective_on__year=year)


def explanations_of(report: AnnualReport):
    """What is to be explained; not of a change that was withdrawn or returned after it was listed,
    or whose day was moved into another year."""
    rows = report.change_explanations.filter(change__in=changes_of_year(report))
    return rows.select_related("change")


def last_report(report: AnnualReport) -> AnnualReport | None:
    """The consortium's latest earlier report, whatever became of it."""
    return (
        AnnualReport.objects.filter(
            consortium=report.consortium_id,
            call__reporting_year__lt=report.call.reporting_year,
            submitted_at__isnull=False,
        )
        .order_by("-call__reporting_year")
        .first()
    )


def prefill(report: AnnualReport) -> None:
    """Fill an empty report; what is prefilled counts as unsaved until somebody saves its part."""
    before = last_report(report)
    settled = {}
    if before:
        settled = dict(before.milestones.values_list("milestone_id", "state"))
        report.team = before.team
        report.team_size, report.rd_staff = before.team_size, before.rd_staff
        report.save()
    present = Member.objects.present_on(timezone.localdate())
    tasks = report.consortium.tasks.prefetch_related(Prefetch("members", present))
    if before and before.projects.exists():
        rows = [
            ReportProject(
                report=report, title=p.title, units=p.units, budget=p.budget, stage=p.stage
            )
            for p in before.projects.exclude(stage=ReportProject.Stage.COMPLETED)
        ]
    else:
        lead = report.consortium.lead_unit.name
        rows = [
            ReportProject(
                report=report,
                title=task.title,
                units="、".join([lead, *(m.name for m in task.members.all())])[:300],
                budget=task.budget or 0,
                stage=ReportProject.Stage.RUNNING,
            )
            for task in tasks
        ]
    ReportProject.objects.bulk_create(rows)
    MilestoneProgress.objects.bulk_create(
        MilestoneProgress(
            report=report,
            milestone=milestone,
            state=_carried(settled.get(milestone.pk, "")),
        )
        for milestone in Milestone.objects.filter(task__consortium=report.consortium_id)
    )
    add_changes(report)


def add_changes(report: AnnualReport) -> None:
    """List every change of the year for its explanation; again after a change was reported late."""
    ChangeExplanation.objects.bulk_create(
        [ChangeExplanation(report=report, change=change) for change in changes_of_year(report)],
        ignore_conflicts=True,
    )


def _carried(state: str) -> str:
    """What stays true from last year: reached and dropped do, the rest is to be said anew."""
    final = (MilestoneProgress.State.REACHED, MilestoneProgress.State.DROPPED)
    return state if state in final else ""
