"""Changes during operation (clause 5.3), and what each unit concerned says to them."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.change_states import CHANGE_EDITABLE, IN_EFFECT, ChangeStatus
from filings.models.choices import ChangeKind, Confirmation
from filings.models.consortium import Consortium
from filings.models.document import Document
from filings.models.member import Member
from filings.querysets import ChangeQuerySet

_PERSON = {"on_delete": models.PROTECT, "null": True, "blank": True, "related_name": "+"}


class Change(models.Model):
    """A change during operation: backed by a supplementary agreement, noted by the bureau, and
    explained in the yearly report (clause 5.3). It never concerns the lead unit.

    What it changes is in `after`, what that was in `before`, both as the database has it; the
    filing itself stays as it was filed, and `filings.as_of` tells what holds on a day.
    """

    consortium = models.ForeignKey(
        Consortium, models.PROTECT, related_name="changes", verbose_name=_("consortium")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeKind.choices)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=ChangeStatus.choices,
        default=ChangeStatus.DRAFT,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("member concerned"),
    )
    description = models.TextField(_("what changes"), max_length=2000, blank=True)
    reason = models.TextField(_("reason of the change"), max_length=2000, blank=True)
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    before = models.JSONField(_("before"), default=dict, editable=False, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, editable=False, encoder=DjangoJSONEncoder)
    supplementary_agreement = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("supplementary agreement"),
    )
    agreement_signed_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    lead_signed = models.BooleanField(_("signed by the lead unit"), default=False)
    signed_members = models.JSONField(_("signed by the members"), default=list, blank=True)
    # What the rules found when it was reported, as a submission keeps it.
    findings = models.JSONField(_("findings"), default=list, editable=False)
    justifications = models.JSONField(_("justifications"), default=dict, editable=False)
    # What the bureau asked to be mended last.
    to_mend = models.TextField(_("what is to be mended"), blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, **_PERSON, editable=False, verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, **_PERSON, editable=False, verbose_name=_("last saved by")
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, **_PERSON, editable=False, verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, **_PERSON, editable=False, verbose_name=_("noted by")
    )
    noted_at = models.DateTimeField(_("noted at"), null=True, blank=True, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ChangeStatus.values), name="change_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=IN_EFFECT)
                | Q(
                    effective_on__isnull=False,
                    supplementary_agreement__isnull=False,
                    reported_at__isnull=False,
                ),
                name="change_reported_has_day_and_agreement",
                violation_error_message=_(
                    "A reported change has its day and its supplementary agreement (clause 5.3)."
                ),
            ),
        ]
        indexes = [models.Index(fields=["status", "reported_at"], name="change_to_note")]

    def __str__(self):
        day = self.effective_on.isoformat() if self.effective_on else "–"
        return f"{self.get_kind_display()} · {day}"

    @property
    def is_editable(self) -> bool:
        return self.status in CHANGE_EDITABLE

    @property
    def is_in_effect(self) -> bool:
        """Whether it counts from its day on: reported, and not returned since."""
        return self.status in IN_EFFECT


class ChangeConfirmation(models.Model):
    """What a member that a change concerns says to it; one that joins answers as in a filing."""

    change = models.ForeignKey(
        Change, models.CASCADE, related_name="confirmations", verbose_name=_("change")
    )
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("member"))
    answer = models.CharField(
        _("confirmation"),
        max_length=10,
        choices=Confirmation.choices,
        default=Confirmation.PENDING,
    )
    # Of what it answered to: another change of the text asks anew.
    digest = models.CharField(max_length=64, blank=True)
    reason = models.TextField(_("reason of the dispute"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, **_PERSON, verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("confirmation of a change")
        verbose_name_plural = _("confirmations of changes")
        ordering = ["member__order", "member_id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "member"], name="change_confirmation_once")
        ]

    def __str__(self):
        return f"{self.member} · {self.get_answer_display()}"
