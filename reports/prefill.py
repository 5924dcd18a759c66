"""What a report begins with: the filing, the changes of the year, last year's report and plan."""

from datetime import date

from django.db.models import Prefetch, Q
from django.utils import timezone

from filings.models import Member, Milestone
from filings.term import last_day
from reports.models import (
    AnnualReport,
    ChangeExplanation,
    MilestoneProgress,
    PlanMilestone,
    ReportProject,
    UnitPart,
)
from reports.models.content import TEAM
from reports.models.unit import STAFF

# What usually stays as it was: it is carried over, and asked to be looked at.
CARRIED = ("team", *TEAM)
State = MilestoneProgress.State


def changes_of_year(report: AnnualReport):
    """The changes that took effect in the reporting year: each must be explained (clause 5.3)."""
    year = report.call.reporting_year
    return report.consortium.changes.in_effect().filter(effective_on__year=year)


def last_report(report: AnnualReport) -> AnnualReport | None:
    """The consortium's latest earlier report that was handed in, whatever became of it."""
    return (
        AnnualReport.objects.filter(
            consortium=report.consortium_id,
            call__reporting_year__lt=report.call.reporting_year,
            first_submitted_at__isnull=False,
        )
        .order_by("-call__reporting_year")
        .first()
    )


def members_of_year(report: AnnualReport):
    """The members of some day of the reporting year, in the order of the filing."""
    year = report.call.reporting_year
    return Member.objects.filter(
        Q(joined_by__isnull=True) | Q(joined_on__year__lte=year),
        Q(left_on__isnull=True) | Q(left_on__year__gte=year),
        consortium=report.consortium_id,
    )


def prefill(report: AnnualReport) -> None:
    """Fill an empty report; what is prefilled counts as unsaved until somebody saves its part."""
    before = last_report(report)
    if before:
        for name in CARRIED:
            setattr(report, name, getattr(before, name))
        report.save()
    complete(report)
    _projects(report, before)


def complete(report: AnnualReport) -> None:
    """Give a report the rows it still lacks: its units, the milestones that it must tell of, the
    changes of the year, also those that were reported after it was begun. Any number of times."""
    _units(report)
    _milestones(report)
    ChangeExplanation.objects.bulk_create(
        [ChangeExplanation(report=report, change=change) for change in changes_of_year(report)],
        ignore_conflicts=True,
    )


def _units(report: AnnualReport) -> None:
    known = set(report.units.values_list("unit_id", flat=True))
    lead = report.consortium.lead_unit
    rows = [UnitPart(report=report, unit=lead, name=lead.name, kind=lead.kind)]
    rows += [
        UnitPart(
            report=report,
            unit_id=member.unit_id,
            member=member,
            name=member.name,
            kind=member.kind,
            rd_staff=member.rd_staff,
        )
        for member in members_of_year(report)
    ]
    missing = [row for row in rows if row.unit_id not in known]
    before = last_report(report) if missing else None
    last = {part.unit_id: part for part in before.units.all()} if before else {}
    for row in missing:
        if row.unit_id in last:
            for name in STAFF:
                setattr(row, name, getattr(last[row.unit_id], name))
    UnitPart.objects.bulk_create(missing, ignore_conflicts=True)


def _milestones(report: AnnualReport) -> None:
    """Those of the filing, and those that earlier reports planned for this year or before and
    that were not settled since."""
    settled = _settled(report)
    starts_on, year_end = report.consortium.starts_on, date(report.call.reporting_year, 12, 31)

    def ahead(milestone: Milestone) -> str:
        return State.AHEAD if last_day(starts_on, milestone.month) > year_end else ""

    known = set(report.milestones.values_list("milestone_id", "planned_id"))
    rows = [
        MilestoneProgress(report=report, milestone=m, state=settled.get((m.pk, None)) or ahead(m))
        for m in Milestone.objects.filter(task__consortium=report.consortium_id)
    ]
    rows += [
        MilestoneProgress(report=report, planned=planned)
        for planned in planned_before(report)
        if (None, planned.pk) not in settled
    ]
    MilestoneProgress.objects.bulk_create(
        [row for row in rows if (row.milestone_id, row.planned_id) not in known],
        ignore_conflicts=True,
    )


def planned_before(report: AnnualReport):
    """What earlier reports that were handed in planned until the end of the reporting year."""
    year = report.call.reporting_year
    return PlanMilestone.objects.filter(
        report__consortium=report.consortium_id,
        report__call__reporting_year__lt=year,
        report__first_submitted_at__isnull=False,
        due_on__lte=date(year, 12, 31),
    )


def _settled(report: AnnualReport) -> dict[tuple, str]:
    """What stays true from earlier years: reached and dropped do, the rest is to be said anew."""
    rows = MilestoneProgress.objects.filter(
        report__consortium=report.consortium_id,
        report__call__reporting_year__lt=report.call.reporting_year,
        report__first_submitted_at__isnull=False,
        state__in=(State.REACHED, State.DROPPED),
    )
    return {(m, p): state for m, p, state in rows.values_list("milestone", "planned", "state")}


def _projects(report: AnnualReport, before: AnnualReport | None) -> None:
    """Last year's that still run; in the first year one for each key task of the filing."""
    carried = _carried_projects(report, before) if before else []
    for project, partners in carried or _first_projects(report):
        project.save()
        project.partners.set(partners)


def _carried_projects(report: AnnualReport, before: AnnualReport) -> list[tuple]:
    ended = (ReportProject.Stage.COMPLETED, ReportProject.Stage.STOPPED)
    rows = before.projects.exclude(stage__in=ended).prefetch_related("partners")
    return [
        (
            ReportProject(
                report=report,
                title=project.title,
                task_id=project.task_id,
                unit_id=project.unit_id,
                budget=project.budget,
                stage=project.stage,
            ),
            project.partners.all(),
        )
        for project in rows
    ]


def _first_projects(report: AnnualReport) -> list[tuple]:
    lead = report.consortium.lead_unit_id
    rows = []
    present = Member.objects.present_on(timezone.localdate())
    for task in report.consortium.tasks.prefetch_related(Prefetch("members", present)):
        units = [member.unit_id for member in task.members.all()]
        units = [lead, *units] if task.led_by_lead or not units else units
        project = ReportProject(
            report=report,
            title=task.title,
            task=task,
            unit_id=units[0],
            budget=task.budget,
            stage=ReportProject.Stage.RUNNING,
        )
        rows.append((project, units[1:]))
    return rows
