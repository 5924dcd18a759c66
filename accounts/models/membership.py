from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit
from accounts.querysets import EDITING, EDITOR, OWNER, READER, MembershipQuerySet


class Membership(models.Model):
    """A person's place in a unit."""

    class Role(models.TextChoices):
        OWNER = OWNER, _("Owner")
        EDITOR = EDITOR, _("Editor")
        READER = READER, _("Reader")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("user"),
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="memberships", verbose_name=_("unit")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.EDITOR)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="membership_once")]

    def __str__(self):
        return f"{self.user} · {self.unit}"

    @property
    def is_owner(self) -> bool:
        return self.role == OWNER

    @property
    def may_edit(self) -> bool:
        return self.role in EDITING

    @property
    def role_words(self) -> str:
        return ROLE_WORDS[self.role]


ROLE_WORDS = {
    Membership.Role.OWNER: _("Files and reports, and decides who belongs to the unit."),
    Membership.Role.EDITOR: _("Files and reports: fills in, submits, confirms and answers."),
    Membership.Role.READER: _("Opens and reads everything of the unit, changes nothing."),
}
