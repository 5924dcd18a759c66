from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from notices.kinds import Group, When


class Preference(models.Model):
    """How one person wants the messages of one group; without a row: e-mail at once, no SMS."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="preferences",
        verbose_name=_("user"),
    )
    group = models.CharField(_("group of messages"), max_length=20, choices=Group.choices)
    when = models.CharField(_("e-mails"), max_length=10, choices=When.choices, default=When.AT_ONCE)
    sms = models.BooleanField(_("urgent ones by SMS too"), default=False)

    class Meta:
        verbose_name = _("preference for messages")
        verbose_name_plural = _("preferences for messages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="preference_once"),
            models.CheckConstraint(
                condition=~models.Q(group="decisions") | models.Q(when="at_once"),
                name="preference_decisions_at_once",
                violation_error_message=_("Decisions are always sent by e-mail at once."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_group_display()}"
