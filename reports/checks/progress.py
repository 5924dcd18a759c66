"""Projects, milestones and people: what was reached, what is late and why (clause 5.2)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Observation
from filings.eligibility.text import Text
from reports.checks.facts import Limits, ReportFacts
from reports.checks.rule import rule
from reports.models import MilestoneProgress, ReportProject
from reports.models.content import TEAM
from reports.models.unit import total
from reports.parts import Part

State, Stage = MilestoneProgress.State, ReportProject.Stage


def projects_named(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    if not facts.projects:
        yield Observation(
            Text(_("No R&D project of the year is named.")),
            Text(_("Add the projects, or say why there was none.")),
        )


def projects_within_budget(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for project in facts.projects:
        if project.budget is not None and (project.spent or 0) > project.budget:
            yield Observation(
                Text(
                    _("This project spent more in the year than its whole budget: %(title)s"),
                    {"title": project.title},
                ),
                Text(_("Compare the two figures, or say what paid for the rest.")),
                {"project": project.id},
            )


def projects_done(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for project in facts.projects:
        if project.stage == Stage.COMPLETED and project.done not in (None, 100):
            yield Observation(
                Text(
                    _("This project is completed, but its progress is not 100 percent: %(title)s"),
                    {"title": project.title},
                ),
                Text(_("Compare stage and progress: one of them is wrong.")),
                {"project": project.id},
            )


def projects_measured(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for project in facts.projects:
        if None in (project.spent, project.planned, project.done):
            yield Observation(
                Text(
                    _("Of this project money or progress is not said: %(title)s"),
                    {"title": project.title},
                ),
                Text(_("Enter what was spent, and the progress planned and made.")),
                {"project": project.id},
            )


def milestones_said(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for row in facts.milestones:
        if row.due_on <= facts.year_end and row.state in ("", State.AHEAD):
            yield Observation(
                Text(
                    _("This milestone was due, but it is not said what became of it: %(title)s"),
                    {"title": row.title},
                ),
                Text(_("Say whether it was reached, is delayed, or was dropped.")),
                {"milestone": row.id},
            )


def milestones_reasoned(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for row in facts.milestones:
        if row.state in (State.DELAYED, State.DROPPED) and not row.reason.strip():
            yield Observation(
                Text(
                    _("This milestone is delayed or dropped without a reason: %(title)s"),
                    {"title": row.title},
                ),
                Text(_("Give the reason beside it.")),
                {"milestone": row.id},
            )


def milestones_proven(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    for row in facts.milestones:
        if row.state == State.REACHED and not row.evidence.strip():
            yield Observation(
                Text(
                    _("Nothing shows yet that this milestone was reached: %(title)s"),
                    {"title": row.title},
                ),
                Text(_("Name the report, test or acceptance that shows it.")),
                {"milestone": row.id},
            )


def team_said(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    if any(facts.figures.get(name) is None for name in TEAM):
        yield Observation(
            Text(_("The figures of the team are missing.")),
            Text(_("Enter how many people of each kind the operating team has.")),
        )


def team_adds_up(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    by_kind = total(facts.figures.get(name) for name in TEAM)
    by_unit = facts.figures.get("team_staff")
    if by_kind is not None and by_unit is not None and by_kind != by_unit:
        yield Observation(
            Text(
                _("The team has %(kinds)s people by kind, but %(units)s by unit."),
                {"kinds": by_kind, "units": by_unit},
            ),
            Text(_("Compare the figures here with the parts of the units.")),
        )


def trained_said(facts: ReportFacts, limits: Limits) -> Iterator[Observation]:
    if facts.figures.get("trained") is None:
        yield Observation(
            Text(_("It is not said how many people were trained.")),
            Text(_("Enter the figures in the parts of the units; 0 where there were none.")),
        )


RULES = (
    rule(milestones_said, Level.BLOCK, _("Milestones that were due"), Part.TASKS, field="state"),
    rule(milestones_reasoned, Level.WARN, _("Reasons of delay"), Part.TASKS, field="reason"),
    rule(projects_named, Level.WARN, _("R&D projects"), Part.COOPERATION),
    rule(
        projects_within_budget, Level.WARN, _("Budgets of the projects"), Part.COOPERATION,
        field="spent",
    ),
    rule(
        projects_done, Level.WARN, _("Stages of the projects"), Part.COOPERATION,
        field="done_percent",
    ),
    rule(team_adds_up, Level.WARN, _("Sums of the team"), Part.TEAM, field="team_managers"),
    rule(milestones_proven, Level.ADVISE, _("Evidence"), Part.TASKS, field="evidence"),
    rule(projects_measured, Level.ADVISE, _("Figures of the projects"), Part.COOPERATION),
    rule(team_said, Level.ADVISE, _("Figures of the team"), Part.TEAM, field="team_managers"),
    rule(trained_said, Level.ADVISE, _("Figures of the training"), Part.TALENT),
)  # fmt: skip
