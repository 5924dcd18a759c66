from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import CASE_OFFICERS, LABELS
from filings.models import Consortium
from filings.sections import Section


class Assignment(models.Model):
    """Which officer has a filing at one stage of the procedure. It counts while the filing is at
    that stage, also when it comes back there: who knows it goes on with it."""

    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="assignments", verbose_name=_("consortium")
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=[(role.value, LABELS[role]) for role in CASE_OFFICERS]
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assignments",
        verbose_name=_("officer"),
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    assigned_at = models.DateTimeField(_("assigned at"), default=timezone.now)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "stage"], name="assignment_one_officer")
        ]
        indexes = [models.Index(fields=["officer", "stage"], name="assignment_of_officer")]

    def __str__(self):
        return f"{self.consortium} · {self.officer}"


class SavedFilter(models.Model):
    """A view of the queue that an officer wants to come back to: filters, search and order."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_filters",
        verbose_name=_("officer"),
    )
    name = models.CharField(_("name"), max_length=30)
    query = models.CharField(_("query"), max_length=1000)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "name"], name="saved_filter_name_once")
        ]

    def __str__(self):
        return self.name


class Note(models.Model):
    """What officers tell each other about a filing. It never leaves the bureau: no room that makes
    a page, a paper or an export for others can see this model."""

    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="notes", verbose_name=_("consortium")
    )
    section = models.CharField(_("section"), max_length=20, choices=Section.choices)
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("note"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class CommentTemplate(models.Model):
    """A comment that officers write again and again, to begin from."""

    section = models.CharField(_("section"), max_length=20, choices=Section.choices)
    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(_("text"), max_length=2000)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("comment template")
        verbose_name_plural = _("comment templates")
        ordering = ["section", "title", "pk"]

    def __str__(self):
        return self.title


class UnitTrace(models.Model):
    """A key that a unit shares with others of the same code or a like name (`reviews.traces`)."""

    unit = models.ForeignKey(
        "accounts.Unit", models.CASCADE, related_name="traces", verbose_name=_("unit")
    )
    key = models.CharField(max_length=80, db_index=True)

    class Meta:
        verbose_name = _("trace of a unit")
        verbose_name_plural = _("traces of units")

    def __str__(self):
        return self.key


class FilingTrace(models.Model):
    """A key that a filing shares with others that have its expert or a milestone of its."""

    class Kind(models.TextChoices):
        EXPERT = "expert", _("Chief expert")
        MILESTONE = "milestone", _("Milestone")

    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="traces", verbose_name=_("consortium")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=80)
    text = models.CharField(_("text"), max_length=200)

    class Meta:
        verbose_name = _("trace of a filing")
        verbose_name_plural = _("traces of filings")
        indexes = [models.Index(fields=["key", "id"], name="filing_trace_newest")]

    def __str__(self):
        return self.text
