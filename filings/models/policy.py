from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filings.eligibility.facts import AskedPaper
from filings.models.periods import Periods, Reminding

# The guideline names no way to object. This promises what the bureau itself can keep, and leaves
# the rest to the law as it stands on the day of the letter.
REMEDY = (
    "对本决定有异议的，可以书面或者通过本平台向南京市科学技术局提出，说明理由并附相关材料；"
    "法律、法规对救济途径另有规定的，从其规定。"
)


class FocusFieldQuerySet(models.QuerySet):
    def current_on(self, day: date):
        """The fields that may be chosen on `day` (clause 2)."""
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
        )


class FocusField(models.Model):
    """An entry of the bureau's dated list of supported fields (clauses 2 and 3.1).

    Old filings keep the field they were filed under after it left the list.
    """

    class Group(models.TextChoices):
        PILLAR = "pillar", _("Pillar industries")
        TACKLING = "tackling", _("Industries to tackle")
        INNOVATIVE = "innovative", _("Innovative industries")
        FUTURE = "future", _("Future industries")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    group = models.CharField(_("group"), max_length=20, choices=Group.choices)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = FocusFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("focus field")
        verbose_name_plural = _("focus fields")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label

    def is_current_on(self, day: date) -> bool:
        """Whether it may be chosen on `day` (clause 2)."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name if (get_language() or "").startswith("zh") else self.name_en


class PolicyQuerySet(models.QuerySet):
    def in_force(self, on: date | None = None) -> "Policy":
        """The policy that applies on a day (today by default): the latest that has begun.

        Its `papers` come along in the one query. Raises Policy.DoesNotExist when none has begun.
        """
        day = on or timezone.localdate()
        begun = self.filter(effective_from__lte=day).order_by("-effective_from")
        asked = "required_documents__"
        rows = self.filter(effective_from=begun.values("effective_from")[:1]).annotate(
            **{f"asked_{name}": models.F(asked + name) for name in ("party", "unit_kind", "kind")}
        )
        rows = list(rows.order_by(asked + "party", asked + "pk"))
        if not rows:
            raise self.model.DoesNotExist
        policy = rows[0]
        policy.papers = tuple(
            AskedPaper(row.asked_party, row.asked_unit_kind, row.asked_kind)
            for row in rows
            if row.asked_kind
        )
        return policy


class ExpertReview(models.TextChoices):
    OFF = "off", _("Not used")
    ADVISED = "advised", _("Advised")
    REQUIRED = "required", _("Required before a recommendation")


class Policy(Periods, Reminding):
    """Dated parameters that the rules and the procedure read; the guideline leaves them open."""

    effective_from = models.DateField(_("effective from"), unique=True)
    note = models.CharField(_("basis"), max_length=200, blank=True)

    min_text_length = models.PositiveSmallIntegerField(_("shortest meaningful text"), default=30)
    justification_min_length = models.PositiveSmallIntegerField(
        _("shortest justification"), default=20
    )
    min_members = models.PositiveSmallIntegerField(_("least number of members"), default=1)
    min_revenue = models.DecimalField(
        _("least revenue of a leading enterprise, 10k CNY"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: not asked. The guideline sets none."),
    )
    min_rd_intensity = models.DecimalField(
        _("least R&D intensity, percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: not asked. The guideline sets none."),
    )
    require_nanjing_lead = models.BooleanField(
        _("ask for a lead unit registered in Nanjing"), default=True
    )

    index_revenue_full = models.DecimalField(
        _("revenue that scores full, 10k CNY"),
        max_digits=14,
        decimal_places=2,
        default=Decimal("1000000"),
    )
    index_intensity_full = models.DecimalField(
        _("R&D intensity that scores full, percent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal("15"),
    )
    index_revenue_weight = models.PositiveSmallIntegerField(_("weight of revenue"), default=50)
    index_intensity_weight = models.PositiveSmallIntegerField(
        _("weight of R&D intensity"), default=50
    )

    index_platform_national = models.PositiveSmallIntegerField(
        _("points of a national platform"), default=100, validators=[MaxValueValidator(100)]
    )
    index_platform_provincial = models.PositiveSmallIntegerField(
        _("points of a provincial platform"), default=80, validators=[MaxValueValidator(100)]
    )
    index_platform_other_share = models.PositiveSmallIntegerField(
        _("share of points for other kinds of platform, percent"),
        default=70,
        validators=[MaxValueValidator(100)],
    )

    many_changes = models.PositiveSmallIntegerField(
        _("changes within a year that are many"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("The statistics point at such consortia; nothing else follows (clause 5.3)."),
    )

    expert_review = models.CharField(
        _("expert review"),
        max_length=10,
        choices=ExpertReview.choices,
        default=ExpertReview.OFF,
        help_text=_("Advised: who recommends without enough scores is warned."),
    )
    experts_needed = models.PositiveSmallIntegerField(
        _("number of expert scores"), default=3, validators=[MinValueValidator(1)]
    )
    expert_days = models.PositiveSmallIntegerField(
        _("time for an expert's scores, working days"),
        default=10,
        validators=[MinValueValidator(1)],
    )

    report_jump_percent = models.PositiveSmallIntegerField(
        _("change of a report's figure from year to year that is to be explained, percent"),
        default=50,
        validators=[MinValueValidator(1)],
    )
    report_jump_least = models.DecimalField(
        _("least change of a sum of money that is looked at, 10k CNY"),
        max_digits=14,
        decimal_places=2,
        default=Decimal("100"),
        validators=[MinValueValidator(0)],
    )
    report_jump_count = models.PositiveSmallIntegerField(
        _("least change of a number that is looked at"), default=10
    )

    remedy = models.TextField(
        _("how to object to a decision"),
        max_length=1000,
        default=REMEDY,
        help_text=_("It stands in the letters on decisions, in Chinese, word by word."),
    )

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["-effective_from"]

    def __str__(self):
        return _("Policy in force from %(day)s") % {"day": self.effective_from.isoformat()}

    def clean(self):
        if self.index_revenue_weight + self.index_intensity_weight != 100:
            raise ValidationError(
                {"index_intensity_weight": _("The two weights must add up to 100.")}
            )

    @cached_property
    def papers(self) -> tuple[AskedPaper, ...]:
        """The attachments asked for beside the agreement, as the rules read them."""
        return tuple(
            AskedPaper(paper.party, paper.unit_kind, paper.kind)
            for paper in self.required_documents.all()
        )
