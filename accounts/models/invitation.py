import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models.membership import Membership
from accounts.models.unit import Unit
from accounts.querysets import InvitationQuerySet

VALID_FOR = timedelta(days=7)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """A way into a unit for whoever reads one mailbox, until it is used, taken back or over.

    The link's secret stands in the e-mail alone; whoever reads this table can't enter by it.
    """

    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="invitations", verbose_name=_("unit")
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role.choices)
    digest = models.CharField(_("digest of the link"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="invitations_sent",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_used_or_taken_back",
                violation_error_message=_("An invitation that was used can't be taken back."),
            ),
            models.UniqueConstraint(
                fields=["unit", "email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
                violation_error_message=_("An invitation to this address is open already."),
            ),
        ]

    def __str__(self):
        return f"{self.email} · {self.unit}"

    @property
    def hindrance(self) -> str:
        """Why nobody can enter by it any more; nothing while somebody can.

        Takes an invitation that was fetched `with_sender`.
        """
        if self.accepted_at:
            return _("It has been used. If it was you, sign in.")
        if self.revoked_at or not self.sender_owns:
            return _("It was taken back, or a newer one has been sent.")
        if self.expires_at <= timezone.now():
            day = date_format(timezone.localtime(self.expires_at), "DATETIME_FORMAT")
            return _("It was valid until %(day)s.") % {"day": day}
        return ""
