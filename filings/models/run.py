from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class SweepRun(models.Model):
    """One run of a sweep: for which day, when, how long, how much it did, or what stopped it."""

    class Name(models.TextChoices):
        FILINGS = "filings", _("Filings")
        REPORTS = "reports", _("Annual reports")
        DESK = "desk", _("The bureau's desk")

    name = models.CharField(_("sweep"), max_length=20, choices=Name.choices)
    day = models.DateField(_("for the day"))
    started_at = models.DateTimeField(_("started at"))
    # Empty while it runs, and for ever when its worker was killed.
    finished_at = models.DateTimeField(_("finished at"), null=True)
    done = models.JSONField(_("what it did"), default=dict)
    error = models.TextField(_("what stopped it"), blank=True)

    class Meta:
        verbose_name = _("run of a sweep")
        verbose_name_plural = _("runs of sweeps")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["name", "-day"], name="sweep_run_latest")]

    def __str__(self):
        return f"{self.get_name_display()} · {self.day.isoformat()}"

    @property
    def took(self) -> timedelta | None:
        """How long it ran, to the second; None while it runs."""
        if self.finished_at is None:
            return None
        return timedelta(seconds=round((self.finished_at - self.started_at).total_seconds()))
