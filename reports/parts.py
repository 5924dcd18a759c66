"""The seven parts of the yearly report, in the guideline's order (clause 5.2), and their rows."""

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


class Rows(TextChoices):
    """The rows of a report, by the relation that leads to them."""

    CHANGES = "change_explanations", _("Changes of the year")
    UNITS = "units", _("Units")
    PROJECTS = "projects", _("R&D projects")
    MILESTONES = "milestones", _("Milestones")
    PLANNED = "plan_milestones", _("Planned milestones")


# How one of them is called.
ONE = {
    Rows.CHANGES: _("Change “%(row)s”"),
    Rows.UNITS: _("Unit “%(row)s”"),
    Rows.PROJECTS: _("Project “%(row)s”"),
    Rows.MILESTONES: _("Milestone “%(row)s”"),
    Rows.PLANNED: _("Planned milestone “%(row)s”"),
}
# Of each part the rows that it tells of; a unit's figures stand in several.
ROWS_OF = {
    Part.CONSTRUCTION: (Rows.CHANGES,),
    Part.COOPERATION: (Rows.UNITS, Rows.PROJECTS),
    Part.TEAM: (Rows.UNITS,),
    Part.FUNDS: (Rows.UNITS,),
    Part.TASKS: (Rows.MILESTONES,),
    Part.TALENT: (Rows.UNITS,),
    Part.PLAN: (Rows.PLANNED,),
}
