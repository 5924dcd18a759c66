from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.models import Change, Milestone
from reports.models.report import AnnualReport


class ReportProject(models.Model):
    """An R&D project of the year (part two); budget in 10k CNY."""

    class Stage(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        STOPPED = "stopped", _("Stopped")

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="projects")
    title = models.CharField(_("project"), max_length=300)
    units = models.CharField(_("units that take part"), max_length=300)
    budget = models.DecimalField(
        _("budget"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    progress = models.TextField(_("progress against plan"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("R&D project")
        verbose_name_plural = _("R&D projects")
        ordering = ["pk"]

    def __str__(self):
        return self.title


class MilestoneProgress(models.Model):
    """Where a milestone of the filing stands at the end of the reported year (part five)."""

    class State(models.TextChoices):
        AHEAD = "ahead", _("Not due yet")
        REACHED = "reached", _("Reached")
        DELAYED = "delayed", _("Delayed")
        DROPPED = "dropped", _("Dropped")

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="milestones")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, blank=True)
    note = models.TextField(_("evidence, or reason of the delay"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("progress of a milestone")
        verbose_name_plural = _("progress of milestones")
        ordering = ["milestone__month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "milestone"], name="progress_once")
        ]

    def __str__(self):
        return str(self.milestone)


class ChangeExplanation(models.Model):
    """Every change of the reported year is explained in the report (clause 5.3)."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="change_explanations")
    change = models.ForeignKey(Change, models.PROTECT, related_name="explanations")
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
