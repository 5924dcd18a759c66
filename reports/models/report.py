from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models import Consortium
from reports.models.call import ReportCall
from reports.parts import Part
from reports.querysets import AnnualReportQuerySet
from reports.states import EDITABLE, Action, Entry, Status

MONEY = {
    "max_digits": 14,
    "decimal_places": 2,
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(0)],
}


class Content(models.Model):
    """The seven parts (clause 5.2): texts are texts, figures are figures; money in 10k CNY."""

    construction = models.TextField(_("overall construction"), blank=True)

    cooperation = models.TextField(_("cooperating units and R&D projects"), blank=True)

    team = models.TextField(_("operating team"), blank=True)
    team_size = models.PositiveIntegerField(
        _("people in the operating team"), null=True, blank=True
    )
    rd_staff = models.PositiveIntegerField(_("R&D staff"), null=True, blank=True)

    funds = models.TextField(_("funds and sharing of income"), blank=True)
    funds_own = models.DecimalField(_("own funds put in"), **MONEY)
    funds_public = models.DecimalField(_("public funds put in"), **MONEY)
    funds_finance = models.DecimalField(_("loans and investment put in"), **MONEY)
    funds_used = models.DecimalField(_("funds used"), **MONEY)
    income = models.DecimalField(_("income from results"), **MONEY)
    income_shared = models.DecimalField(_("of which shared among the units"), **MONEY)

    tasks = models.TextField(_("progress of the key tasks"), blank=True)
    patents = models.PositiveIntegerField(_("invention patents granted"), null=True, blank=True)
    standards = models.PositiveIntegerField(_("standards issued"), null=True, blank=True)
    papers = models.PositiveIntegerField(_("papers"), null=True, blank=True)
    products = models.PositiveIntegerField(_("new products"), null=True, blank=True)

    talent = models.TextField(_("people trained"), blank=True)
    doctors = models.PositiveIntegerField(_("doctors trained"), null=True, blank=True)
    masters = models.PositiveIntegerField(_("masters trained"), null=True, blank=True)
    engineers = models.PositiveIntegerField(_("engineers trained"), null=True, blank=True)

    plan = models.TextField(_("plan for next year"), blank=True)

    class Meta:
        abstract = True


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
    def funds_in(self):
        """All funds put in, in 10k CNY, or None where no figure was given."""
        given = [
            x for x in (self.funds_own, self.funds_public, self.funds_finance) if x is not None
        ]
        return sum(given) if given else None

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
    # The report as it stood: what was submitted can be shown and compared later.
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("report event")
        verbose_name_plural = _("report events")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_action_display()


class ReportComment(models.Model):
    """What an officer asks to mend in one part of a report."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="comments")
    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    text = models.TextField(_("what to mend"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("comment on a report")
        verbose_name_plural = _("comments on reports")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]
