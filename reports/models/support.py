import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from filings.models import Consortium, Member
from filings.models.document import Paper
from reports.support.kinds import (
    LABELS,
    MEASURES,
    Kind,
    Measure,
    MoneyKind,
    TalentKind,
    TalentLevel,
)
from reports.support.querysets import SupportRequestQuerySet
from reports.support.states import DECIDED, EDITABLE, Action, Entry, Status

MONEY: dict[str, Any] = {
    "max_digits": 14,
    "decimal_places": 2,
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(0)],
}
LONGEST = 5000


def random_support_name(instance, filename: str) -> str:
    """Where a paper of a request lies: a name of ours, apart from the papers of filings."""
    return f"support/{uuid.uuid4().hex}.pdf"


class SupportContent(models.Model):
    """What a request says; its kind tells which of these are asked. Money in 10k CNY."""

    title = models.CharField(_(LABELS["title"]), max_length=200, blank=True)
    programme = models.CharField(_(LABELS["programme"]), max_length=200, blank=True)
    problem = models.TextField(_(LABELS["problem"]), max_length=LONGEST, blank=True)
    targets = models.TextField(_(LABELS["targets"]), max_length=LONGEST, blank=True)
    basis = models.TextField(_(LABELS["basis"]), max_length=LONGEST, blank=True)
    members = models.ManyToManyField(
        Member, blank=True, related_name="+", verbose_name=_(LABELS["members"])
    )
    funds = models.DecimalField(_(LABELS["funds"]), **MONEY)
    own_funds = models.DecimalField(_(LABELS["own_funds"]), **MONEY)
    months = models.PositiveSmallIntegerField(
        _(LABELS["months"]),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    level = models.CharField(
        _(LABELS["level"]), max_length=12, choices=TalentLevel.choices, blank=True
    )
    talent_kind = models.CharField(
        _(LABELS["talent_kind"]), max_length=12, choices=TalentKind.choices, blank=True
    )
    person_name = models.CharField(_(LABELS["person_name"]), max_length=60, blank=True)
    person_post = models.CharField(_(LABELS["person_post"]), max_length=200, blank=True)
    money_kind = models.CharField(
        _(LABELS["money_kind"]), max_length=12, choices=MoneyKind.choices, blank=True
    )
    purpose = models.TextField(_(LABELS["purpose"]), max_length=LONGEST, blank=True)
    institution = models.CharField(_(LABELS["institution"]), max_length=200, blank=True)
    consent = models.BooleanField(_(LABELS["consent"]), default=False)
    contact_name = models.CharField(_(LABELS["contact_name"]), max_length=60, blank=True)
    contact_phone = models.CharField(_(LABELS["contact_phone"]), max_length=30, blank=True)

    class Meta:
        abstract = True


class SupportResult(models.Model):
    """What came of a request that the bureau supported; recorded later, by the bureau."""

    result_number = models.CharField(_("project number"), max_length=60, blank=True)
    result_amount = models.DecimalField(_("amount granted"), **MONEY)
    result_institution = models.CharField(_("institution"), max_length=200, blank=True)
    result_year = models.PositiveSmallIntegerField(_("year of the result"), null=True, blank=True)

    class Meta:
        abstract = True


class SupportRequest(SupportContent, SupportResult):
    """A unit of a running consortium asks the bureau for one of the measures of section four."""

    consortium = models.ForeignKey(
        Consortium,
        models.PROTECT,
        related_name="support_requests",
        verbose_name=_("consortium"),
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="support_requests", verbose_name=_("asked by")
    )
    kind = models.CharField(_("measure"), max_length=24, choices=Kind.choices)
    # With the kind it makes the round in which requests are ranked: the year of the submission.
    year = models.PositiveSmallIntegerField(_("year"))
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("begun by")
    )
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last saved by"),
    )
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    correction_due_on = models.DateField(_("completion due on"), null=True, editable=False)
    consented_at = models.DateTimeField(_("consent given at"), null=True, editable=False)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("consent given by"),
    )
    # The priority index of the lead unit (clauses 3.4, 4.1) on the day of the submission, and
    # what it was made of: lists are ordered by it, so it stays what it was.
    priority = models.DecimalField(
        _("priority index"), max_digits=4, decimal_places=1, null=True, editable=False
    )
    priority_parts = models.JSONField(default=list, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("support request")
        verbose_name_plural = _("support requests")
        ordering = ["-year", "-priority", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="support_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="support_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | Q(submitted_at__isnull=False),
                name="support_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DECIDED)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="support_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.GRANTED) | Q(result_year__isnull=False),
                name="support_granted_in_a_year",
            ),
            models.CheckConstraint(
                condition=Q(consent=False) | Q(consented_at__isnull=False),
                name="support_consent_has_time",
            ),
        ]
        indexes = [models.Index(fields=["kind", "year", "status"], name="support_round")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.title or self.consortium.name}"

    def get_absolute_url(self):
        return reverse("support:detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def measure(self) -> Measure:
        return MEASURES[self.kind]


class SupportFile(Paper):
    """A paper that backs a request, for its unit and the officers alone."""

    request = models.ForeignKey(
        SupportRequest, models.CASCADE, related_name="files", verbose_name=_("support request")
    )
    file = models.FileField(_("file"), upload_to=random_support_name, max_length=100)
    # A paper that was taken out stays: a submission may have shown it.
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("paper of a support request")
        verbose_name_plural = _("papers of support requests")
        ordering = ["pk"]


class SupportEvent(models.Model):
    """One entry of a request's history. Append-only: the database refuses to alter it."""

    request = models.ForeignKey(
        SupportRequest, models.PROTECT, related_name="events", verbose_name=_("support request")
    )
    action = models.CharField(_("action"), max_length=12, choices=Action.choices + Entry.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    from_status = models.CharField(_("from"), max_length=12, choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=12, choices=Status.choices)
    reason = models.TextField(_("reason"), blank=True)
    # What it saw: the content and findings of a submission, the result that was recorded.
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event of a support request")
        verbose_name_plural = _("events of support requests")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_action_display()
