from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.call import ReportCall
from reports.models.report import AnnualReport


class Extension(models.Model):
    """A due day that was moved later: of a whole call, or of one report alone.

    What holds today stands in the call and the report; here is who moved it, when and why.
    Append-only: the database refuses to alter it.
    """

    call = models.ForeignKey(
        ReportCall, models.PROTECT, related_name="extensions", verbose_name=_("report call")
    )
    report = models.ForeignKey(
        AnnualReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="extensions",
        verbose_name=_("annual report"),
    )
    due_before = models.DateField(_("due on before"))
    due_on = models.DateField(_("due on"))
    reason = models.TextField(_("reason"), max_length=2000)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    granted_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("extension of a due day")
        verbose_name_plural = _("extensions of due days")
        ordering = ["granted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("due_before")),
                name="extension_moves_later",
                violation_error_message=_("A due day is only ever moved later."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="extension_has_reason",
                violation_error_message=_("Give the reason: those concerned read it."),
            ),
        ]

    def __str__(self):
        return f"{self.report or self.call} · {self.due_on.isoformat()}"
