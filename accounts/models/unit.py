from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import uscc
from accounts.places import Place
from accounts.querysets import UnitQuerySet


class UnitKind(models.TextChoices):
    ENTERPRISE = "enterprise", _("Enterprise")
    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Research institute")
    PLATFORM = "platform", _("Research platform")
    OTHER = "other", _("Other organisation")


def validate_uscc(value: str) -> None:
    """Refuse a code that GB 32100-2015 would not have issued."""
    if not uscc.is_valid(value):
        raise ValidationError(
            _("This is no valid unified social credit code: please compare it with the licence."),
            code="uscc",
        )


class Unit(models.Model):
    """An independent legal entity, keyed by its unified social credit code (clause 3.5).

    A unit may be named as a member before anybody of it has an account here.
    """

    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        unique=True,
        validators=[validate_uscc],
        error_messages={"unique": _("A unit with this code is already known.")},
    )
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    place = models.CharField(_("district"), max_length=10, choices=Place.choices)
    address = models.CharField(_("address"), max_length=200, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=60, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=30, blank=True)
    users = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Membership",
        related_name="units",
        verbose_name=_("users"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        self.uscc = uscc.normalise(self.uscc)
