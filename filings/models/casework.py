"""What gathers around a credit case: its papers, its history, what it asks of the consortium."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models.change import Change
from filings.models.consortium import Consortium
from filings.models.credit import CreditCase, CreditRecord
from filings.models.document import Paper
from filings.models.member import Member
from filings.querysets import ChangeDutyQuerySet


def random_credit_name(instance, filename: str) -> str:
    """Where a paper of a case lies: a name of ours, apart from the papers of filings."""
    return f"credit/{uuid.uuid4().hex}.pdf"


class CreditFile(Paper):
    """A paper of a case, for the officers and for the people of the unit concerned alone."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", _("Evidence")
        STATEMENT = "statement", _("Statement of the unit")

    case = models.ForeignKey(
        CreditCase, models.PROTECT, related_name="files", verbose_name=_("credit case")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    file = models.FileField(_("file"), upload_to=random_credit_name, max_length=100)

    class Meta:
        verbose_name = _("paper of a credit case")
        verbose_name_plural = _("papers of credit cases")
        ordering = ["kind", "pk"]


class CreditEvent(models.Model):
    """One entry of a case's history. Append-only: the database refuses to alter it.

    The consortium's own history does not have it: all its units read that one.
    """

    class What(models.TextChoices):
        OPENED = "opened", _("Case opened")
        EVIDENCE = "evidence", _("Evidence added")
        STATED = "stated", _("Statement handed in")
        PROPOSED = "proposed", _("Put up for decision")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")
        REVOKED = "revoked", _("Consortium revoked")
        DUTY = "duty", _("Change of members asked for")
        DUTY_DONE = "duty_done", _("Change of members reported")
        DUTY_REOPENED = "duty_again", _("Report of the change taken back")
        DUTY_CLOSED = "duty_closed", _("Asked no longer")
        CORRECTED = "corrected", _("Record corrected")
        LIFTED = "lifted", _("Record lifted")

    case = models.ForeignKey(
        CreditCase, models.PROTECT, related_name="events", verbose_name=_("credit case")
    )
    action = models.CharField(_("action"), max_length=12, choices=What.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    # A correction keeps here what the record said before and says since: {field: [old, new]}.
    data = models.JSONField(_("what it saw"), default=dict, blank=True)

    class Meta:
        verbose_name = _("event of a credit case")
        verbose_name_plural = _("events of credit cases")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_action_display()

    @property
    def corrections(self) -> list[tuple[Any, str, str]]:
        """What a correction changed of the record: its field in words, before, after."""
        return [
            (CreditRecord._meta.get_field(name).verbose_name, before, after)
            for name, (before, after) in self.data.get("corrected", {}).items()
        ]


class ChangeDuty(models.Model):
    """What a record against a member asks of the consortium: to replace it or do without it, by a
    supplementary agreement (clause 5.3). Ends with that change, or by the bureau with a reason."""

    case = models.OneToOneField(
        CreditCase, models.PROTECT, related_name="duty", verbose_name=_("credit case")
    )
    consortium = models.ForeignKey(
        Consortium, models.PROTECT, related_name="duties", verbose_name=_("consortium")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="duties", verbose_name=_("member")
    )
    due_on = models.DateField(_("due on"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    change = models.ForeignKey(
        Change,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("change"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_reason = models.TextField(_("reason of closing"), blank=True)

    objects = ChangeDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty to change members")
        verbose_name_plural = _("duties to change members")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | (Q(change__isnull=True, closed_by__isnull=False) & ~Q(closed_reason="")),
                name="change_duty_closed_with_reason",
                violation_error_message=_("A duty is closed with a reason."),
            )
        ]

    def __str__(self):
        return f"{self.member} · {self.consortium}"

    @property
    def is_open(self) -> bool:
        return self.change_id is None and self.closed_at is None
