"""What the lead unit fills in of a filing, section by section."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.models.choices import CouncilKind, LeadKind, PlatformKind, PlatformLevel
from filings.models.policy import FocusField

MONEY = {"max_digits": 14, "decimal_places": 2, "validators": [MinValueValidator(0)]}


class Content(models.Model):
    """What the lead unit fills in, section by section; money in 10k CNY (万元)."""

    name = models.CharField(
        _("name of the consortium"),
        max_length=300,
        help_text=_("Usually the technology followed by the words for innovation consortium."),
    )

    # Lead unit (clause 3.4)
    lead_kind = models.CharField(
        _("kind of lead unit"), max_length=30, choices=LeadKind.choices, blank=True
    )
    lead_revenue = models.DecimalField(
        _("sales revenue of last year"), null=True, blank=True, **MONEY
    )
    lead_rd_spend = models.DecimalField(_("R&D spend of last year"), null=True, blank=True, **MONEY)
    platform_kind = models.CharField(
        _("kind of platform"), max_length=40, choices=PlatformKind.choices, blank=True
    )
    platform_level = models.CharField(
        _("level of the platform"),
        max_length=20,
        choices=PlatformLevel.choices,
        blank=True,
    )
    standing = models.TextField(
        _("standing in the industry"),
        blank=True,
        help_text=_("Rankings, titles, standards led."),
    )
    open_sharing = models.TextField(_("resources opened to others"), blank=True)

    # Focus and goals (clauses 2 and 3.1)
    focus_field = models.ForeignKey(
        FocusField, models.PROTECT, null=True, blank=True, verbose_name=_("focus field")
    )
    goal_kinds = models.JSONField(_("kinds of goal"), default=list, blank=True)
    bottleneck = models.TextField(_("bottleneck that is attacked"), blank=True)
    goals = models.TextField(_("goals"), blank=True)
    nanjing_strength = models.TextField(_("what makes Nanjing the place"), blank=True)

    # Governance (clause 3.3)
    council_kind = models.CharField(
        _("leading body"), max_length=10, choices=CouncilKind.choices, blank=True
    )
    council_chair = models.CharField(_("chair"), max_length=60, blank=True)
    chair_is_lead_head = models.BooleanField(_("the chair heads the lead unit"), default=False)
    mechanism = models.TextField(_("how the units work and decide together"), blank=True)
    mechanism_innovation = models.TextField(_("what is new in the mechanism"), blank=True)
    chief_expert = models.CharField(_("chief expert"), max_length=60, blank=True)
    chief_expert_post = models.CharField(
        _("unit and title of the chief expert"), max_length=120, blank=True
    )
    advisory_committee = models.TextField(_("expert advisory committee"), blank=True)

    # Sharing (clauses 3.2 and 3.3)
    results_sharing = models.TextField(_("how results are owned and shared"), blank=True)
    income_sharing = models.TextField(_("how income is shared"), blank=True)

    # Agreement (clause 3.2)
    agreement_signed_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    lead_signed = models.BooleanField(_("signed by the lead unit"), default=False)
    term_months = models.PositiveSmallIntegerField(
        _("term in months"),
        default=36,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("36 in principle (clause 1)."),
    )

    class Meta:
        abstract = True
