"""What the lead unit itself fills in of a report, part by part (clause 5.2); rows lie beside."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# Money is in 10k CNY (万元). Empty means: not said; nothing is 0.
MONEY = {
    "max_digits": 14,
    "decimal_places": 2,
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(0)],
}
COUNT = {"null": True, "blank": True}


class Content(models.Model):
    """The seven parts: a text each, and the figures that are of the whole and of no one unit."""

    construction = models.TextField(_("overall construction"), blank=True)
    council_meetings = models.PositiveIntegerField(_("meetings of the council"), **COUNT)
    advisory_meetings = models.PositiveIntegerField(
        _("meetings of the advisory committee"), **COUNT
    )
    exchange_events = models.PositiveIntegerField(_("events held for exchange"), **COUNT)

    cooperation = models.TextField(_("cooperating units and R&D projects"), blank=True)

    team = models.TextField(_("operating team and its changes"), blank=True)
    team_managers = models.PositiveIntegerField(_("managers in the operating team"), **COUNT)
    team_researchers = models.PositiveIntegerField(_("researchers in the operating team"), **COUNT)
    team_service = models.PositiveIntegerField(
        _("people for transfer and service in the operating team"), **COUNT
    )
    team_joined = models.PositiveIntegerField(_("joined the team during the year"), **COUNT)
    team_left = models.PositiveIntegerField(_("left the team during the year"), **COUNT)

    funds = models.TextField(_("funds and sharing of income"), blank=True)

    tasks = models.TextField(_("progress of the key tasks"), blank=True)
    patents_applied = models.PositiveIntegerField(_("invention patents applied for"), **COUNT)
    patents_granted = models.PositiveIntegerField(_("invention patents granted"), **COUNT)
    standards_international = models.PositiveIntegerField(
        _("international standards issued"), **COUNT
    )
    standards_national = models.PositiveIntegerField(_("national standards issued"), **COUNT)
    standards_industry = models.PositiveIntegerField(_("industry standards issued"), **COUNT)
    standards_group = models.PositiveIntegerField(_("local and group standards issued"), **COUNT)
    papers = models.PositiveIntegerField(_("papers"), **COUNT)
    products = models.PositiveIntegerField(_("new products"), **COUNT)
    prizes = models.PositiveIntegerField(_("prizes of province or state"), **COUNT)
    sales = models.DecimalField(_("sales from results"), **MONEY)

    talent = models.TextField(_("people trained"), blank=True)

    plan = models.TextField(_("plan for next year"), blank=True)
    plan_funds = models.DecimalField(_("funds planned for next year"), **MONEY)

    class Meta:
        abstract = True


TEAM = ("team_managers", "team_researchers", "team_service")
STANDARDS = (
    "standards_international", "standards_national", "standards_industry", "standards_group",
)  # fmt: skip
OUTPUTS = (
    "patents_applied", "patents_granted", *STANDARDS, "papers", "products", "prizes", "sales",
)  # fmt: skip
