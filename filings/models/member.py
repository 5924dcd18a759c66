import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import UnitKind
from accounts.places import Place
from filings.models.choices import ChainRole, Confirmation
from filings.models.consortium import Consortium
from filings.querysets import MemberQuerySet


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Member(models.Model):
    """A unit's place in one consortium (clause 3.5), under the name it had then."""

    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="members", verbose_name=_("consortium")
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        related_name="memberships_in_consortia",
        verbose_name=_("unit"),
    )
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    place = models.CharField(_("district"), max_length=10, choices=Place.choices)
    chain_roles = models.JSONField(_("role in the chain"), default=list, blank=True)
    position_in_chain = models.CharField(
        _("position in the consortium"), max_length=120, blank=True
    )
    division_of_work = models.TextField(_("division of work"), blank=True)
    capability = models.TextField(_("R&D and supporting capability"), blank=True)
    rd_staff = models.PositiveIntegerField(_("R&D staff"), null=True, blank=True)
    team = models.TextField(_("research team and its ladder"), blank=True)
    facilities = models.TextField(_("laboratory and facilities"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60)
    contact_phone = models.CharField(_("contact telephone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("contact e-mail"))
    signed = models.BooleanField(_("signed the agreement"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # Of a member that joins while the consortium runs: the change that brings it, and its first day
    # once that is reported. Those of the filing have neither.
    joined_by = models.OneToOneField(
        "filings.Change",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="joiner",
        verbose_name=_("joined by the change"),
    )
    joined_on = models.DateField(_("joined on"), null=True, blank=True, editable=False)
    # The first day on which it is a member no longer.
    left_on = models.DateField(_("left on"), null=True, blank=True, editable=False)

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    invited_at = models.DateTimeField(_("asked for confirmation at"), null=True, editable=False)
    # The rung of the policy's ladder that it was reminded at last, in days after it was asked.
    reminded_rung = models.PositiveSmallIntegerField(default=0, editable=False)
    confirmation = models.CharField(
        _("confirmation"),
        max_length=10,
        choices=Confirmation.choices,
        default=Confirmation.PENDING,
        editable=False,
    )
    confirmed_digest = models.CharField(max_length=64, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    dispute_reason = models.TextField(_("reason of the dispute"), blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    # What the member confirms; a change of any of these asks for a new confirmation.
    CONFIRMED_FIELDS = (
        "name",
        "kind",
        "place",
        "chain_roles",
        "position_in_chain",
        "division_of_work",
        "capability",
        "rd_staff",
        "team",
        "facilities",
    )

    # What its part is: what a change of it may change.
    PART_FIELDS = CONFIRMED_FIELDS[3:]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "unit"],
                # A unit that left may join again, by a change of its own.
                condition=models.Q(joined_by__isnull=True),
                name="member_once",
                violation_error_message=_("This unit is already a member of the consortium."),
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.unit_id and self.consortium_id and self.unit_id == self.consortium.lead_unit_id:
            raise ValidationError(_("The lead unit can't be a member of its own consortium."))

    @property
    def uscc(self) -> str:
        return self.unit.uscc

    @property
    def chain_role_labels(self) -> list:
        return [ChainRole(role).label for role in self.chain_roles if role in ChainRole.values]
