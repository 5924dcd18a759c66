from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from filings.models import Change, KeyTask, Milestone
from filings.term import last_day
from reports.models.content import MONEY
from reports.models.report import AnnualReport

PERCENT = {"null": True, "blank": True, "validators": [MaxValueValidator(100)]}


class ReportProject(models.Model):
    """An R&D project of the year (part two), with the unit that answers for it and its partners."""

    class Stage(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        STOPPED = "stopped", _("Stopped")

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="projects", verbose_name=_("report")
    )
    title = models.CharField(_("project"), max_length=300)
    task = models.ForeignKey(
        KeyTask,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("key task of the filing"),
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="report_projects", verbose_name=_("unit in charge")
    )
    partners = models.ManyToManyField(
        Unit,
        related_name="joined_report_projects",
        blank=True,
        verbose_name=_("other units that take part"),
    )
    budget = models.DecimalField(_("budget"), **MONEY)
    spent = models.DecimalField(_("spent this year"), **MONEY)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    planned_percent = models.PositiveSmallIntegerField(
        _("progress planned by the year's end, percent"), **PERCENT
    )
    done_percent = models.PositiveSmallIntegerField(
        _("progress made by the year's end, percent"), **PERCENT
    )
    result = models.TextField(_("results of the year"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("R&D project")
        verbose_name_plural = _("R&D projects")
        ordering = ["pk"]

    def __str__(self):
        return self.title


class PlanMilestone(models.Model):
    """What a unit means to reach next year (part seven); the next report says what became of it."""

    # The columns that stand for a row where a form keeps the plan as one list.
    KEPT = ("title", "due_on", "task_id", "unit_id")

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="plan_milestones", verbose_name=_("report")
    )
    title = models.CharField(_("milestone"), max_length=300)
    due_on = models.DateField(_("planned by"))
    task = models.ForeignKey(
        KeyTask,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("key task of the filing"),
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("unit in charge"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("planned milestone")
        verbose_name_plural = _("planned milestones")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.title

    @property
    def line(self) -> str:
        return f"{date_format(self.due_on)} {self.title}"


class MilestoneProgress(models.Model):
    """Where a milestone stands at the end of the reported year (part five): one of the filing, or
    one that an earlier report planned."""

    class State(models.TextChoices):
        AHEAD = "ahead", _("Not due yet")
        REACHED = "reached", _("Reached")
        DELAYED = "delayed", _("Delayed")
        DROPPED = "dropped", _("Dropped")

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="milestones", verbose_name=_("report")
    )
    milestone = models.ForeignKey(
        Milestone,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("milestone of the filing"),
    )
    planned = models.ForeignKey(
        PlanMilestone,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="progress",
        verbose_name=_("milestone of the plan"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, blank=True)
    evidence = models.TextField(_("evidence"), blank=True, max_length=2000)
    reason = models.TextField(_("reason of the delay"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("progress of a milestone")
        verbose_name_plural = _("progress of milestones")
        ordering = [
            F("milestone__month").asc(nulls_last=True),
            F("planned__due_on").asc(nulls_last=True),
            "pk",
        ]
        constraints = [
            models.UniqueConstraint(fields=["report", "milestone"], name="progress_once"),
            models.UniqueConstraint(fields=["report", "planned"], name="progress_of_plan_once"),
            models.CheckConstraint(
                condition=Q(milestone__isnull=False, planned__isnull=True)
                | Q(milestone__isnull=True, planned__isnull=False),
                name="progress_of_one_milestone",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return (self.milestone or self.planned).title

    @property
    def due_on(self):
        """By the end of which day: a month of the filing ends on its day of the term."""
        if self.planned:
            return self.planned.due_on
        return last_day(self.report.consortium.starts_on, self.milestone.month)


class ChangeExplanation(models.Model):
    """Every change of the reported year is explained in the report (clause 5.3)."""

    report = models.ForeignKey(
        AnnualReport,
        models.CASCADE,
        related_name="change_explanations",
        verbose_name=_("report"),
    )
    change = models.ForeignKey(
        Change, models.PROTECT, related_name="explanations", verbose_name=_("change")
    )
    text = models.TextField(_("explanation"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("explanation of a change")
        verbose_name_plural = _("explanations of changes")
        ordering = ["change__effective_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "change"], name="explanation_once")
        ]

    def __str__(self):
        return str(self.change)
