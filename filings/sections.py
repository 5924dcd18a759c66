"""The parts of a filing in the guideline's order; steps, comments and findings share them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Section(TextChoices):
    LEAD = "lead", _("Lead unit")
    FOCUS = "focus", _("Focus and goals")
    MEMBERS = "members", _("Members")
    GOVERNANCE = "governance", _("Governance")
    TASKS = "tasks", _("Tasks and budget")
    SHARING = "sharing", _("Sharing of results and income")
    AGREEMENT = "agreement", _("Agreement and attachments")
