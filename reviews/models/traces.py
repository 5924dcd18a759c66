from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.models import Consortium


class UnitTrace(models.Model):
    """A key that a unit shares with others of the same code or a like name (`reviews.traces`)."""

    unit = models.ForeignKey(
        "accounts.Unit", models.CASCADE, related_name="traces", verbose_name=_("unit")
    )
    key = models.CharField(max_length=80, db_index=True)

    class Meta:
        verbose_name = _("trace of a unit")
        verbose_name_plural = _("traces of units")

    def __str__(self):
        return self.key


class FilingTrace(models.Model):
    """A key that a filing shares with others that have its expert or a milestone of its."""

    class Kind(models.TextChoices):
        EXPERT = "expert", _("Chief expert")
        MILESTONE = "milestone", _("Milestone")

    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="traces", verbose_name=_("consortium")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=80)
    text = models.CharField(_("text"), max_length=300)

    class Meta:
        verbose_name = _("trace of a filing")
        verbose_name_plural = _("traces of filings")
        indexes = [models.Index(fields=["key", "id"], name="filing_trace_newest")]

    def __str__(self):
        return self.text
