from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models.consortium import Consortium
from filings.querysets import CreditRecordQuerySet


class CreditCase(models.Model):
    """A suspicion of serious dishonesty by a unit (clause 5.3): evidence, the unit's statement, and
    a decision that one person proposes and another takes. Run by `reviews.credit`."""

    class Stage(models.TextChoices):
        FILING = "filing", _("Filing")
        OPERATION = "operation", _("Carrying out")
        REPORTING = "reporting", _("Yearly report")

    class Outcome(models.TextChoices):
        OPEN = "open", _("Open")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")

    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        related_name="credit_cases",
        verbose_name=_("unit"),
    )
    consortium = models.ForeignKey(
        Consortium,
        models.PROTECT,
        related_name="credit_cases",
        verbose_name=_("consortium"),
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices)
    facts = models.TextField(_("facts"))
    evidence = models.TextField(_("evidence"))
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("opened by"),
    )
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    statement_due_on = models.DateField(_("statement due on"), editable=False)
    statement = models.TextField(_("statement of the unit"), blank=True)
    stated_at = models.DateTimeField(_("stated at"), null=True, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"), null=True, blank=True, editable=False)
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=Outcome.choices,
        default=Outcome.OPEN,
        editable=False,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decision_reason = models.TextField(_("reason of the decision"), blank=True, editable=False)
    # Who cancelled the consortium's qualification on this case, if somebody did.
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    class Meta:
        verbose_name = _("credit case")
        verbose_name_plural = _("credit cases")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="open")
                | (
                    Q(proposed_by__isnull=False, decided_by__isnull=False)
                    & ~Q(proposed_by=F("decided_by"))
                ),
                name="credit_case_two_persons",
                violation_error_message=_("One person proposes, another decides."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True)
                | (Q(outcome="upheld") & ~Q(revoked_by=F("proposed_by"))),
                name="credit_case_revoked_by_another",
                violation_error_message=_("One person proposes, another revokes."),
            ),
        ]

    def __str__(self):
        return f"{self.unit} · {self.get_stage_display()}"

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN

    @property
    def is_against_lead(self) -> bool:
        return self.unit_id == self.consortium.lead_unit_id


class CreditRecord(models.Model):
    """The record of dishonesty against a unit; in force it blocks new filings (clause 5.3)."""

    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        related_name="credit_records",
        verbose_name=_("unit"),
    )
    case = models.OneToOneField(
        CreditCase, models.PROTECT, related_name="record", verbose_name=_("credit case")
    )
    decision_number = models.CharField(_("decision number"), max_length=60)
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lifted_reason = models.TextField(_("reason of lifting"), blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("lifted by"),
    )

    objects = CreditRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit record")
        verbose_name_plural = _("credit records")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="credit_record_ends_after_it_begins",
                violation_error_message=_("The record would end before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.unit} · {self.decision_number}"

    def is_in_force_on(self, day: date) -> bool:
        """Whether it blocks new filings on `day`; `in_force` asks the same of many."""
        begun = self.valid_from <= day and not self.lifted_on
        return begun and (self.valid_to is None or self.valid_to >= day)
