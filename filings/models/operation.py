import secrets
import uuid

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.models.consortium import Consortium

# No letter or digit that is taken for another when it is read out or copied by hand.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_objection_code() -> str:
    """What an objector looks up the answer by: 59 bits, in three groups of four."""
    groups = ("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(3))
    return "-".join(groups)


def random_objection_name(instance, filename: str) -> str:
    """Where an objector's file lies: a name of ours, nothing of the sender's."""
    return f"objections/{uuid.uuid4().hex}.pdf"


class Objection(models.Model):
    """What somebody holds against a filing during its notice; filing waits for the answer."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", pgettext_lazy("objection", "Upheld")
        NOT_UPHELD = "not_upheld", pgettext_lazy("objection", "Not upheld")

    consortium = models.ForeignKey(
        Consortium,
        models.PROTECT,
        related_name="objections",
        verbose_name=_("consortium"),
    )
    objector = models.CharField(
        _("objector"),
        max_length=120,
        help_text=_("Your name, or the name of your unit."),
    )
    contact = models.CharField(
        _("contact"),
        max_length=120,
        help_text=_("Telephone or e-mail; only the bureau sees it."),
    )
    text = models.TextField(_("objection and its grounds"), validators=[MaxLengthValidator(5000)])
    code = models.CharField(
        _("objection code"),
        max_length=14,
        unique=True,
        default=new_objection_code,
        editable=False,
    )
    file = models.FileField(
        _("attached file"),
        upload_to=random_objection_name,
        max_length=100,
        blank=True,
        editable=False,
    )
    original_name = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    answer = models.TextField(_("answer of the bureau"), blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome.choices, blank=True, editable=False
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | ~models.Q(answer=""),
                name="objection_closed_has_answer",
                violation_error_message=_("An objection is closed with an answer."),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=False) | models.Q(outcome=""),
                name="objection_outcome_when_closed",
            ),
        ]

    def __str__(self):
        return self.objector
