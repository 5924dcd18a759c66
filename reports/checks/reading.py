"""Reads a report into the plain values of the checks, in a constant number of queries."""

from collections import Counter
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.models import UnitKind
from reports import figures
from reports.checks.facts import MilestoneFacts, PlanFacts, ProjectFacts, ReportFacts, UnitFacts
from reports.models import AnnualReport, UnitPart
from reports.parts import Part
from reports.prefill import last_report
from reports.rows import ROWS

COLLEGES = (UnitKind.UNIVERSITY, UnitKind.INSTITUTE)


def facts_of(report: AnnualReport) -> ReportFacts:
    """Read a report as it stands."""
    prefetch_related_objects([report], *ROWS)
    before = last_report(report)
    if before:
        prefetch_related_objects([before], "units")
    projects = list(report.projects.all())
    busy = Counter(
        unit for p in projects for unit in (p.unit_id, *(u.pk for u in p.partners.all()))
    )
    starts_on = report.consortium.starts_on
    # One that is to join by a change is a member once that is reported.
    members = [m for m in report.consortium.members.all() if not m.joined_by_id or m.joined_on]
    colleges = [m for m in members if m.kind in COLLEGES]
    today = timezone.localdate()
    return ReportFacts(
        year_end=date(report.call.reporting_year, 12, 31),
        term_end=report.consortium.ends_on,
        texts={part.value: getattr(report, part.value) for part in Part},
        units=tuple(_unit(part, busy[part.unit_id]) for part in report.units.all()),
        projects=tuple(_project(project) for project in projects),
        milestones=tuple(_milestone(row, report) for row in report.milestones.all()),
        plan=tuple(PlanFacts(p.pk, p.title, p.due_on) for p in report.plan_milestones.all()),
        unexplained=tuple(
            row.change.description
            for row in report.change_explanations.all()
            # Not one that was withdrawn or returned after it was listed.
            if row.change.is_in_effect and not row.text.strip()
        ),
        figures=figures.values(report),
        before=figures.values(before) if before else {},
        colleges_filed=sum(m.joined_on is None or m.joined_on <= starts_on for m in colleges),
        colleges_now=sum(m.left_on is None or m.left_on > today for m in colleges),
    )


def _unit(part: UnitPart, projects: int) -> UnitFacts:
    return UnitFacts(
        id=part.pk,
        name=part.name,
        is_lead=part.is_lead,
        signed=part.signed_at is not None,
        hindered=part.skipped_reason,
        work=part.work,
        funds_in=part.funds_in,
        funds_used=part.funds_used,
        income=part.income,
        income_paid=part.income_paid,
        income_received=part.income_received,
        rd_staff=part.rd_staff,
        team_staff=part.team_staff,
        projects=projects,
    )


def _project(project) -> ProjectFacts:
    return ProjectFacts(
        id=project.pk,
        title=project.title,
        stage=project.stage,
        budget=project.budget,
        spent=project.spent,
        planned=project.planned_percent,
        done=project.done_percent,
    )


def _milestone(row, report: AnnualReport) -> MilestoneFacts:
    row.report = report
    return MilestoneFacts(
        id=row.pk,
        title=row.title,
        due_on=row.due_on,
        state=row.state,
        evidence=row.evidence,
        reason=row.reason,
    )
