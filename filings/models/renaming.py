"""The renaming of a unit under its credit code, with the registry's document of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def random_renaming_name(instance, filename: str) -> str:
    """Where the evidence lies: a name of ours, nothing of the sender's."""
    return f"renamings/{uuid.uuid4().hex}.pdf"


class Renaming(models.Model):
    """A unit has another name from a day on, and stays the same legal entity: its credit code never
    changes (clause 5.3). The unit reports it; the bureau takes note or says what is to be mended.

    What was filed, issued or sent before keeps the name it had.
    """

    class Status(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("renaming", "Reported")
        RETURNED = "returned", pgettext_lazy("renaming", "Returned to be mended")
        NOTED = "noted", pgettext_lazy("renaming", "Noted by the bureau")

    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="renamings", verbose_name=_("unit")
    )
    old_name = models.CharField(_("name before"), max_length=300)
    new_name = models.CharField(_("new name"), max_length=300)
    renamed_on = models.DateField(
        _("renamed on"), help_text=_("The day that the registry's document of renaming gives.")
    )
    file = models.FileField(
        _("document of renaming"),
        upload_to=random_renaming_name,
        max_length=100,
        editable=False,
    )
    original_name = models.CharField(_("file name"), max_length=255, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.REPORTED,
        editable=False,
    )
    to_mend = models.TextField(_("what is to be mended"), blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )
    decided_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("renaming")
        verbose_name_plural = _("renamings")
        ordering = ["-renamed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(status="reported"),
                name="renaming_one_at_a_time",
                violation_error_message=_("A renaming of this unit waits for the bureau already."),
            )
        ]

    def __str__(self):
        return f"{self.old_name} → {self.new_name}"
