from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

MAINLAND_MOBILE = r"^1[3-9]\d{9}$"


class User(AbstractUser):
    """A person who signs in by user name or e-mail; rights follow from units and groups."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("full name"), max_length=60)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language of messages"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    # Only ever a number whose owner proved it by a code; empty means no SMS.
    phone = models.CharField(
        _("mobile number"),
        max_length=11,
        blank=True,
        default="",
        editable=False,
        validators=[RegexValidator(MAINLAND_MOBILE, _("A mainland mobile number has 11 digits."))],
    )

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("This e-mail address already has an account."),
            ),
            models.CheckConstraint(
                condition=models.Q(phone="") | models.Q(phone__regex=MAINLAND_MOBILE),
                name="user_phone_mainland",
                violation_error_message=_("A mainland mobile number has 11 digits."),
            ),
        ]

    @property
    @admin.display(description=_("mobile number"))
    def masked_phone(self) -> str:
        """The number as pages of others and lists show it."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if self.phone else ""

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
