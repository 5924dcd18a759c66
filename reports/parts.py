"""The seven parts of the yearly report, in the guideline's order (clause 5.2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Part(TextChoices):
    CONSTRUCTION = "construction", _("Overall construction")
    COOPERATION = "cooperation", _("Cooperating units and R&D projects")
    TEAM = "team", _("Operating team")
    FUNDS = "funds", _("Funds and sharing of income")
    TASKS = "tasks", _("Progress of the key tasks")
    TALENT = "talent", _("People trained")
    PLAN = "plan", _("Plan for next year")
