"""The closed lists of a filing, in the guideline's words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GoalKind(TextChoices):
    BOTTLENECK = "bottleneck", _("Bottleneck technology")
    FIRST_MOVER = "first_mover", _("Key technology with a first-mover advantage")
    FRONTIER = "frontier", _("Frontier technology that leads the future")


class LeadKind(TextChoices):
    LEADING_ENTERPRISE = "leading_enterprise", _("Leading enterprise")
    MAJOR_PLATFORM = "major_platform", _("Major science and technology platform")
    OTHER = "other", _("Other")


class PlatformKind(TextChoices):
    LABORATORY = "laboratory", _("Laboratory")
    TECHNOLOGY = "technology_innovation_centre", _("Technology innovation centre")
    MANUFACTURING = (
        "manufacturing_innovation_centre",
        _("Manufacturing innovation centre"),
    )
    OTHER = "other", _("Other platform")


class PlatformLevel(TextChoices):
    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")


class ChainRole(TextChoices):
    PRODUCTION = "production", _("Production")
    LEARNING = "learning", _("Teaching and learning")
    RESEARCH = "research", _("Research")
    APPLICATION = "application", _("Application")


class CouncilKind(TextChoices):
    COUNCIL = "council", _("Council")
    OTHER = "other", _("Another working mechanism")
    NONE = "none", _("None yet")


class Confirmation(TextChoices):
    PENDING = "pending", _("Not yet confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    DISPUTED = "disputed", _("Disputed")


class DocumentKind(TextChoices):
    AGREEMENT = "agreement", _("Founding agreement")
    LICENCE = "licence", _("Licence or certificate of a legal person")
    STATEMENTS = "statements", _("Audited statements of last year")
    RD_STATEMENT = "rd_statement", _("Statement of R&D spend")
    COMMITMENT = "commitment", _("Letter of commitment")
    SUPPLEMENTARY_AGREEMENT = "supplementary_agreement", _("Supplementary agreement")
    CLOSING = "closing", _("Attachment of the closing summary")
    PROVINCIAL = "provincial", _("Document of the province")
    OTHER = "other", _("Other attachment")


# What is said of the results belongs to no filing; it is attached where it is said.
OF_RESULTS = (DocumentKind.CLOSING, DocumentKind.PROVINCIAL)
# Attached while the consortium runs, or after: the form of a filing offers none of them.
AFTER_FILING = (DocumentKind.SUPPLEMENTARY_AGREEMENT, *OF_RESULTS)


class ChangeKind(TextChoices):
    """What may change while a consortium runs (clause 5.3): never the lead unit."""

    JOIN = "join", _("A member joins")
    LEAVE = "leave", _("A member leaves")
    PART = "part", _("A member's part changes")
    STRATEGIC_PLAN = "strategic_plan", _("Strategic plan")
    ORGANISATION = "organisation", _("Organisation")
    MECHANISM = "mechanism", _("Working mechanism")


class ClosingReason(TextChoices):
    COMPLETED = "completed", _("Tasks completed")
    LEAD_DISSOLVED = "lead_dissolved", _("Lead unit dissolved or merged")
    WITHDRAWN = "withdrawn", _("Given up by agreement")
