from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models.choices import ClosingReason
from filings.models.content import Content
from filings.models.policy import Policy
from filings.querysets import ConsortiumQuerySet
from filings.states import AT_THE_BUREAU, EDITABLE, FILED, RUNS_OUT, Status
from filings.term import has_expired

# Drafts that were never submitted are not the bureau's to see.
ONCE_SUBMITTED = Q(first_submitted_at__isnull=False)
# What tells, beside the state, whether a filing waits for a person.
JUDGED_BY = ("recommended_by", "notice_starts_on", "notice_ends_on")


class Consortium(Content):
    """An innovation consortium from first draft to end of life.

    `status` is written by `filings.transitions` alone. What it is today is `state_on(day)`: that a
    term (clause 5.1) or the time for correction is over is a fact of the calendar, whether or not a
    sweep has recorded it.
    """

    lead_unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        related_name="led_consortia",
        verbose_name=_("lead unit"),
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last saved by"),
    )

    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="successors",
        verbose_name=_("renews"),
    )

    first_submitted_at = models.DateTimeField(_("first submitted"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    correction_due_on = models.DateField(_("correction due on"), null=True, editable=False)
    action_due_on = models.DateField(_("bureau's answer due on"), null=True, editable=False)
    notice_starts_on = models.DateField(_("public notice from"), null=True, editable=False)
    notice_ends_on = models.DateField(_("public notice to"), null=True, editable=False)
    recommended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recommended by"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    filing_year = models.PositiveSmallIntegerField(_("filing year"), null=True, editable=False)
    filing_serial = models.PositiveIntegerField(_("filing serial"), null=True, editable=False)
    # Empty is NULL in these two, so that they can be unique.
    filing_number = models.CharField(  # noqa: DJ001
        _("filing number"),
        max_length=40,
        null=True,
        unique=True,
        editable=False,
    )
    verification_code = models.CharField(  # noqa: DJ001
        _("verification code"),
        max_length=32,
        null=True,
        unique=True,
        editable=False,
    )
    starts_on = models.DateField(_("first day of the term"), null=True, editable=False)
    ends_on = models.DateField(_("last day of the term"), null=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    closing_reason = models.CharField(
        _("reason of the early end"),
        max_length=20,
        choices=ClosingReason.choices,
        blank=True,
        editable=False,
    )

    objects = ConsortiumQuerySet.as_manager()

    class Meta:
        verbose_name = _("consortium")
        verbose_name_plural = _("consortia")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="consortium_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=FILED)
                | Q(
                    filing_number__isnull=False,
                    verification_code__isnull=False,
                    starts_on__isnull=False,
                    ends_on__gte=F("starts_on"),
                ),
                name="consortium_filed_has_number_and_term",
            ),
            models.CheckConstraint(
                condition=Q(recommended_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(recommended_by=F("decided_by")),
                name="consortium_two_persons",
                violation_error_message=_(
                    "Whoever recommended a filing may not decide on it: two persons are needed."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETURNED) | Q(correction_due_on__isnull=False),
                name="consortium_returned_has_due_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLIC_NOTICE)
                | Q(notice_ends_on__gte=F("notice_starts_on")),
                name="consortium_notice_has_days",
            ),
            models.UniqueConstraint(
                fields=["filing_year", "filing_serial"], name="consortium_serial_once"
            ),
        ]
        indexes = [
            # What the bureau lists is read and counted from these alone, in the order of the days
            # that are due: one state, what waits at the bureau, and all of it.
            models.Index(
                fields=["status", "action_due_on", "id"],
                include=[*JUDGED_BY, "ends_on"],
                condition=ONCE_SUBMITTED,
                name="consortium_queue",
            ),
            models.Index(
                fields=["action_due_on", "id"],
                include=["status", *JUDGED_BY],
                condition=ONCE_SUBMITTED & Q(status__in=AT_THE_BUREAU),
                name="consortium_waiting",
            ),
            models.Index(
                fields=["action_due_on", "id"], condition=ONCE_SUBMITTED, name="consortium_due"
            ),
            models.Index(
                fields=["id"],
                include=["action_due_on", "submitted_at"],
                condition=ONCE_SUBMITTED,
                name="consortium_found",
            ),
            models.Index(fields=["submitted_at"], name="consortium_submitted"),
            models.Index(fields=["status", "ends_on"], name="consortium_term"),
            models.Index(fields=["status", "correction_due_on"], name="consortium_correction"),
            models.Index(fields=["-filing_year", "-filing_serial"], name="consortium_register"),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._loaded_lead_id = instance.__dict__.get("lead_unit_id")
        return instance

    def save(self, *args, **kwargs):
        # The database refuses it too; here the refusal has words (clause 5.3).
        loaded = getattr(self, "_loaded_lead_id", None)
        if loaded is not None and loaded != self.lead_unit_id:
            raise ValidationError(_("The lead unit of a consortium never changes (clause 5.3)."))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("filings:detail", args=[self.pk])

    def state_on(self, day: date) -> Status:
        """The state as the calendar has it: past its last day an active consortium has expired, and
        a filing that was returned has lapsed."""
        last_day, afterwards = RUNS_OUT.get(self.status, ("", None))
        if last_day and has_expired(getattr(self, last_day), day):
            return afterwards
        return Status(self.status)

    def state_then(self, day: date) -> Status:
        """The state that a filed consortium was in on `day` of the past: on its last day it still
        ran, and before a decision ended it too."""
        ends = self.ended_on if self.status in (Status.TERMINATED, Status.REVOKED) else None
        if day > self.ends_on:
            return Status.EXPIRED if ends is None else Status(self.status)
        return Status.ACTIVE if ends is None or day < ends else Status(self.status)

    @property
    def state(self) -> Status:
        return self.state_on(timezone.localdate())

    def is_noticed_on(self, day: date) -> bool:
        """Whether its public notice runs on `day`, so that anybody may object."""
        return self.status == Status.PUBLIC_NOTICE and day <= self.notice_ends_on

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_filed(self) -> bool:
        return self.status in FILED

    @property
    def rd_intensity(self):
        """R&D spend over revenue in percent, or None where a figure is missing (clause 3.4)."""
        if not self.lead_revenue or self.lead_rd_spend is None:
            return None
        return round(self.lead_rd_spend / self.lead_revenue * 100, 2)

    def policy(self) -> Policy:
        """The policy of its procedure: in force when it was last submitted, else today."""
        day = timezone.localdate(self.submitted_at) if self.submitted_at else None
        return Policy.objects.in_force(day)
