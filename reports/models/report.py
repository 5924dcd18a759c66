from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models import Consortium
from reports.models.call import ReportCall
from reports.models.content import Content
from reports.querysets import AnnualReportQuerySet
from reports.states import EDITABLE, Action, Entry, Status


class AnnualReport(Content):
    """One consortium's report on one year. Late is a fact of the calendar, never a bar."""

    call = models.ForeignKey(
        ReportCall,
        models.PROTECT,
        related_name="reports",
        verbose_name=_("report call"),
    )
    consortium = models.ForeignKey(
        Consortium, models.PROTECT, related_name="reports", verbose_name=_("consortium")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # Parts that somebody has saved; what is prefilled is shown as such until then.
    saved_parts = models.JSONField(default=list, editable=False)
    justifications = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last saved by"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    first_submitted_at = models.DateTimeField(_("first submitted"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    correction_due_on = models.DateField(_("correction due on"), null=True, editable=False)
    # Given to this consortium alone (`reports.extensions`).
    extended_to = models.DateField(_("due day extended to"), null=True, editable=False)

    # Who at the bureau examines it (`reports.claiming`): counts while it lies there.
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("officer"),
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True, editable=False)
    # As the policy called it when the report was accepted; empty where it had no grades.
    grade = models.SlugField(_("grade"), max_length=20, blank=True, editable=False)
    grade_name = models.CharField(_("grade"), max_length=30, blank=True, editable=False)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-call__reporting_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "consortium"], name="report_once"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="report_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(Status.SUBMITTED, Status.ACCEPTED))
                | Q(submitted_at__isnull=False),
                name="report_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=Q(officer=None, claimed_at=None)
                | Q(officer__isnull=False, claimed_at__isnull=False),
                name="report_claimed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(grade="", grade_name="")
                | (Q(status=Status.ACCEPTED) & ~Q(grade="") & ~Q(grade_name="")),
                name="report_graded_when_accepted",
            ),
        ]
        indexes = [models.Index(fields=["status", "submitted_at"], name="report_queue")]

    def __str__(self):
        return f"{self.consortium} · {self.call.reporting_year}"

    def get_absolute_url(self):
        return reverse("reports:detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def holder(self):
        """The officer who examines it, while it lies with the bureau."""
        return self.officer if self.status == Status.SUBMITTED else None

    @property
    def due_on(self) -> date:
        """The day by whose end it is due: the call's, or a later one given to it alone."""
        return max(self.call.due_on, self.extended_to or self.call.due_on)

    def is_late_on(self, day: date) -> bool:
        """Whether it came, or is still missing, after the due day (a day ends at its end)."""
        came = timezone.localdate(self.first_submitted_at) if self.first_submitted_at else day
        return came > self.due_on


class ReportEvent(models.Model):
    """One entry of a report's history."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="events")
    action = models.CharField(_("action"), max_length=10, choices=Action.choices + Entry.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    from_status = models.CharField(_("from"), max_length=10, choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=10, choices=Status.choices)
    reason = models.TextField(_("reason"), blank=True)
    # Of a submission its number: what was submitted lies there.
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("report event")
        verbose_name_plural = _("report events")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_action_display()
