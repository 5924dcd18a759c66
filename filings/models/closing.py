"""What the lead unit says at the end of a term: what was reached against the filing's goals."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.models.consortium import Consortium
from filings.models.content import MONEY
from filings.models.task import KeyTask, Milestone


class ClosingSummary(models.Model):
    """The closing summary of a consortium, as it is being written (clauses 1 and 2).

    The bureau reads what was handed in (`ClosingSubmission`). To hand in none has no consequence.
    """

    consortium = models.OneToOneField(
        Consortium,
        models.PROTECT,
        related_name="closing_summary",
        verbose_name=_("consortium"),
    )
    reached = models.TextField(
        _("what was reached against the goals"),
        blank=True,
        max_length=5000,
        help_text=_("Measured by the goals of the filing, which stand above."),
    )
    outputs = models.TextField(
        _("results and where they are used"),
        blank=True,
        max_length=5000,
        help_text=_("Technologies, products, standards, lines on which they run, users."),
    )
    patents = models.PositiveIntegerField(_("invention patents granted"), null=True, blank=True)
    standards = models.PositiveIntegerField(_("standards issued"), null=True, blank=True)
    papers = models.PositiveIntegerField(_("papers"), null=True, blank=True)
    products = models.PositiveIntegerField(_("new products"), null=True, blank=True)
    income = models.DecimalField(_("income from results"), null=True, blank=True, **MONEY)
    lessons = models.TextField(
        _("what was not reached, and what was learned"), blank=True, max_length=5000
    )
    continuation = models.TextField(
        _("what goes on after the term"),
        blank=True,
        max_length=5000,
        help_text=_("Work that the units go on with, a new filing, a provincial consortium."),
    )

    created_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last saved by"),
    )
    submitted_at = models.DateTimeField(_("handed in at"), null=True, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("noted by"),
    )
    noted_at = models.DateTimeField(_("noted at"), null=True, editable=False)

    class Meta:
        verbose_name = _("closing summary")
        verbose_name_plural = _("closing summaries")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True) | Q(submitted_at__isnull=False),
                name="closing_noted_when_handed_in",
            )
        ]
        indexes = [models.Index(fields=["submitted_at", "noted_at"], name="closing_queue")]

    def __str__(self):
        return _("Closing summary of %(name)s") % {"name": self.consortium}


class ClosingResult(models.Model):
    """How one goal of the filing came out: that of a key task, or a milestone of it."""

    class State(models.TextChoices):
        REACHED = "reached", pgettext_lazy("goal", "Reached")
        PARTLY = "partly", pgettext_lazy("goal", "Partly reached")
        MISSED = "missed", pgettext_lazy("goal", "Not reached")
        DROPPED = "dropped", pgettext_lazy("goal", "Given up")

    summary = models.ForeignKey(ClosingSummary, models.CASCADE, related_name="results")
    task = models.ForeignKey(KeyTask, models.PROTECT, related_name="+", verbose_name=_("key task"))
    # Empty: the row is about the goal of the task itself.
    milestone = models.ForeignKey(
        Milestone,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("milestone"),
    )
    state = models.CharField(
        pgettext_lazy("goal", "how it came out"), max_length=10, choices=State.choices, blank=True
    )
    evidence = models.TextField(_("evidence, or why not"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["task__order", "task", "milestone__month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "milestone"], name="result_milestone_once"),
            models.UniqueConstraint(
                fields=["summary", "task"],
                condition=Q(milestone__isnull=True),
                name="result_task_once",
            ),
        ]

    def __str__(self):
        return str(self.milestone or self.task)


class ClosingSubmission(models.Model):
    """A closing summary as it was handed in and signed: what the bureau reads, and nobody edits."""

    summary = models.ForeignKey(ClosingSummary, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    content = models.JSONField(_("content"))
    digest = models.CharField(_("digest"), max_length=64)
    signed_name = models.CharField(_("signed by"), max_length=60)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("handed in at"), default=timezone.now)

    class Meta:
        verbose_name = _("closing summary as handed in")
        verbose_name_plural = _("closing summaries as handed in")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "number"], name="closing_number_once")
        ]

    def __str__(self):
        return _("Closing summary %(number)s") % {"number": self.number}
