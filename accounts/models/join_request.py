from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit
from accounts.querysets import JoinRequestQuerySet


class JoinRequest(models.Model):
    """Somebody who knows a unit's code asks its owners to be let in; knowing it opens nothing."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Waiting for the owner")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Taken back by who asked")

    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="join_requests", verbose_name=_("unit")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="join_requests",
        verbose_name=_("user"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    told_at = models.DateTimeField(_("owners told at"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.PENDING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="join_requests_decided",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit"],
                condition=models.Q(outcome="pending"),
                name="join_request_pending_once",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="pending", decided_at__isnull=True)
                | ~models.Q(outcome="pending") & models.Q(decided_at__isnull=False),
                name="join_request_decided",
                violation_error_message=_("A request that was answered says when."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.unit}"
