from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.models.message import Message
from notices.querysets import DeliveryQuerySet


class Delivery(models.Model):
    """One copy of a message, on one channel: what became of it, and when it is tried next.

    `in_flight` says that an attempt began and nothing was recorded of it since; `doubts` counts the
    attempts of which nobody knows whether a copy left. `delivery` says what follows from both.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")
        HELD = "held", _("Waiting for the daily e-mail")
        BUNDLED = "bundled", _("In a daily e-mail")

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="deliveries", verbose_name=_("message")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    status = models.CharField(
        pgettext_lazy("of a delivery", "status"),
        max_length=10,
        choices=Status.choices,
        default=Status.PENDING,
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    in_flight = models.BooleanField(_("being sent"), default=False)
    doubts = models.PositiveSmallIntegerField(_("attempts with unknown outcome"), default=0)
    due_at = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)
    digest = models.ForeignKey(
        Message,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="bundled",
        verbose_name=_("daily e-mail"),
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=models.Q(status="bundled", digest__isnull=False)
                | ~models.Q(status="bundled"),
                name="delivery_bundled_in_a_digest",
                violation_error_message=_("What is in a daily e-mail names it."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at"],
                name="delivery_to_send",
                condition=models.Q(status="pending"),
            ),
            models.Index(
                fields=["due_at"], name="delivery_held", condition=models.Q(status="held")
            ),
            models.Index(fields=["-id"], name="delivery_dead", condition=models.Q(status="failed")),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} · {self.message}"
