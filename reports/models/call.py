import uuid
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models.document import Paper
from reports.querysets import ReportCallQuerySet


class ReportCall(models.Model):
    """The bureau's yearly notice that opens the reporting window (clause 5.2).

    `reporting_year` is the year reported on; the call is made in the year after it, and the due day
    is at the latest that year's 31 December.
    """

    reporting_year = models.PositiveSmallIntegerField(_("reporting year"), unique=True)
    plan_year = models.PositiveSmallIntegerField(
        _("planning year"), help_text=_("The year that part seven, the plan, is about.")
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text of the notice"), blank=True)
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)

    objects = ReportCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("report call")
        verbose_name_plural = _("report calls")
        ordering = ["-reporting_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")),
                name="call_due_after_opening",
                violation_error_message=_("The due day can't lie before the opening day."),
            ),
            models.CheckConstraint(
                condition=Q(
                    opens_on__year=F("reporting_year") + 1,
                    due_on__year=F("reporting_year") + 1,
                ),
                name="call_in_year_after",
                violation_error_message=_(
                    "Opening and due day lie in the year after the reporting year, "
                    "31 December at the latest (clause 5.2)."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reports:call", args=[self.pk])

    @property
    def last_due_day(self) -> date:
        """The latest due day there can be: the guideline says by the year's end (clause 5.2)."""
        return date(self.reporting_year + 1, 12, 31)

    def clean(self):
        if self.opens_on and self.published_at is None and self.opens_on < timezone.localdate():
            raise ValidationError({"opens_on": _("The opening day can't lie in the past.")})

    def is_open_on(self, day: date) -> bool:
        """Published and begun. It stays open after the due day: late is shown, never refused."""
        return self.published_at is not None and self.opens_on <= day


def random_call_name(instance, filename: str) -> str:
    """Where a paper of a call lies: a name of ours, apart from the papers of filings."""
    return f"calls/{uuid.uuid4().hex}.pdf"


class CallPaper(Paper):
    """An attachment of the notice, for everybody to read once it is published."""

    call = models.ForeignKey(
        ReportCall, models.CASCADE, related_name="papers", verbose_name=_("report call")
    )
    file = models.FileField(_("file"), upload_to=random_call_name, max_length=100)

    class Meta:
        verbose_name = _("attachment of a call")
        verbose_name_plural = _("attachments of calls")
        ordering = ["pk"]
