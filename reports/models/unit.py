from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, UnitKind
from filings.models import Member
from reports.models.content import COUNT, MONEY
from reports.models.report import AnnualReport
from reports.parts import Part

SOURCES = ("own_funds", "public_funds", "finance_funds", "other_funds")
PURPOSES = ("used_labour", "used_equipment", "used_materials", "used_services", "used_other")
INCOME = ("income", "income_paid", "income_received")
STAFF = ("rd_staff", "team_staff")
TRAINED = ("doctors", "masters", "engineers", "technicians")
TALENTS = ("talents_national", "talents_provincial", "talents_city")
FIGURES = (*SOURCES, *PURPOSES, *INCOME, *STAFF, *TRAINED, *TALENTS)
# What is made of several figures by adding them up.
ADDED = {
    "funds_in": SOURCES,
    "funds_used": PURPOSES,
    "trained": TRAINED,
    "talents": TALENTS,
}


class UnitPartQuerySet(models.QuerySet):
    def sums(self) -> dict[str, Decimal | None]:
        """Every figure added up over the rows, and what is made of several; None where nobody
        said anything. One query."""
        wanted = {f"sum_{name}": Sum(name) for name in FIGURES}
        found = self.order_by().aggregate(**wanted)
        sums = {name: found[f"sum_{name}"] for name in FIGURES}
        return sums | {name: total(sums[part] for part in parts) for name, parts in ADDED.items()}

    def of_people(self, user):
        """Those of the units that `user` belongs to, in any role."""
        return self.filter(unit__memberships__user=user)

    def for_list(self):
        """The latest first, with all that a row of a list shows."""
        related = self.select_related("report__call", "report__consortium__lead_unit")
        return related.order_by("-report__call__reporting_year", "pk")


def total(values):
    """The sum of what was said; None where nothing was."""
    given = [value for value in values if value is not None]
    return sum(given) if given else None


class UnitPart(models.Model):
    """What one unit of the consortium, the lead or a member, says of its year: its people, its
    money in and out. It signs that off itself; an edit after that takes the sign-off back."""

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="units", verbose_name=_("report")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="report_parts", verbose_name=_("unit")
    )
    # Empty for the lead unit.
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="report_parts",
        verbose_name=_("member"),
    )
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    work = models.TextField(_("what the unit did this year"), blank=True)

    own_funds = models.DecimalField(_("own funds put in"), **MONEY)
    public_funds = models.DecimalField(_("public funds put in"), **MONEY)
    finance_funds = models.DecimalField(_("loans and investment put in"), **MONEY)
    other_funds = models.DecimalField(_("other funds put in"), **MONEY)
    used_labour = models.DecimalField(_("used for people"), **MONEY)
    used_equipment = models.DecimalField(_("used for equipment"), **MONEY)
    used_materials = models.DecimalField(_("used for materials and energy"), **MONEY)
    used_services = models.DecimalField(_("used for tests and outside services"), **MONEY)
    used_other = models.DecimalField(_("used for other things"), **MONEY)
    income = models.DecimalField(_("income from results"), **MONEY)
    income_paid = models.DecimalField(_("of it passed on to the other units"), **MONEY)
    income_received = models.DecimalField(_("income received from the other units"), **MONEY)

    rd_staff = models.PositiveIntegerField(_("R&D staff"), **COUNT)
    team_staff = models.PositiveIntegerField(_("people in the operating team"), **COUNT)
    doctors = models.PositiveIntegerField(_("doctors trained"), **COUNT)
    masters = models.PositiveIntegerField(_("masters trained"), **COUNT)
    engineers = models.PositiveIntegerField(_("engineers trained"), **COUNT)
    technicians = models.PositiveIntegerField(_("technicians trained"), **COUNT)
    talents_national = models.PositiveIntegerField(_("talents of national programmes"), **COUNT)
    talents_provincial = models.PositiveIntegerField(_("talents of provincial programmes"), **COUNT)
    talents_city = models.PositiveIntegerField(_("talents of city programmes"), **COUNT)

    # Empty until somebody saved it: what it has till then is prefilled.
    saved_at = models.DateTimeField(_("last saved"), null=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last saved by"),
    )
    signed_at = models.DateTimeField(_("signed off at"), null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("signed off by"),
    )
    signed_name = models.CharField(_("signed by"), max_length=60, blank=True, editable=False)
    # Why the lead unit goes on without this unit's sign-off.
    skipped_reason = models.TextField(
        _("why it goes on without"), max_length=2000, blank=True, editable=False
    )

    objects = UnitPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a unit")
        verbose_name_plural = _("parts of units")
        ordering = [F("member__order").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "unit"], name="unit_part_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, signed_name="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_name="")),
                name="unit_part_signed_by_somebody",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("reports:unit", args=[self.report_id, self.pk])

    @property
    def is_lead(self) -> bool:
        return self.member_id is None

    @property
    def documents(self):
        return self.report.documents.at(Part.COOPERATION, self.unit_id)

    @property
    def funds_in(self):
        return total(getattr(self, name) for name in SOURCES)

    @property
    def funds_used(self):
        return total(getattr(self, name) for name in PURPOSES)

    @property
    def trained(self):
        return total(getattr(self, name) for name in TRAINED)

    @property
    def talents(self):
        return total(getattr(self, name) for name in TALENTS)
