"""Whether a consortium was granted as a provincial one, which its building aims at (clause 2)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.models.consortium import Consortium
from filings.models.document import Document


class ProvincialQuerySet(models.QuerySet):
    def confirmed(self):
        """Those that the bureau stands for: what a lead unit reports alone is not counted."""
        return self.filter(standing=ProvincialApplication.Standing.CONFIRMED)

    def granted(self):
        """Those by which a consortium is a provincial one."""
        return self.confirmed().filter(outcome=ProvincialApplication.Outcome.GRANTED)


class ProvincialApplication(models.Model):
    """One application for a provincial consortium, and what became of it.

    The lead unit reports it with evidence, the bureau confirms it or records it itself. What it
    said before stands in the consortium's history.
    """

    class Outcome(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("provincial", "Applied for")
        GRANTED = "granted", pgettext_lazy("provincial", "Granted")
        NOT_GRANTED = "not_granted", pgettext_lazy("provincial", "Not granted")

    class Standing(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("provincial", "Reported, to be checked")
        CONFIRMED = "confirmed", pgettext_lazy("provincial", "Confirmed by the bureau")
        REFUSED = "refused", pgettext_lazy("provincial", "Not confirmed")

    consortium = models.ForeignKey(
        Consortium,
        models.PROTECT,
        related_name="provincial_applications",
        verbose_name=_("consortium"),
    )
    year = models.PositiveSmallIntegerField(
        _("year of the application"), validators=[MinValueValidator(2000), MaxValueValidator(2099)]
    )
    outcome = models.CharField(
        _("outcome"), max_length=15, choices=Outcome.choices, default=Outcome.APPLIED
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    title = models.CharField(
        _("name of the provincial consortium"),
        max_length=300,
        blank=True,
        help_text=_("As the province has it."),
    )
    number = models.CharField(_("number of the province's document"), max_length=100, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("evidence"),
    )
    standing = models.CharField(
        _("checked"),
        max_length=10,
        choices=Standing.choices,
        default=Standing.REPORTED,
        editable=False,
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("reported by"),
    )
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, editable=False)
    answer = models.TextField(_("why it is not confirmed"), blank=True, editable=False)

    objects = ProvincialQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for a provincial consortium")
        verbose_name_plural = _("applications for provincial consortia")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "year"],
                name="provincial_once_a_year",
                violation_error_message=_("There is an application of this year already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="applied", decided_on__isnull=True)
                | Q(~Q(outcome="applied"), decided_on__isnull=False),
                name="provincial_decided_has_day",
            ),
            models.CheckConstraint(
                condition=Q(standing="reported", checked_at__isnull=True)
                | Q(~Q(standing="reported"), checked_at__isnull=False),
                name="provincial_checked_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(standing="refused") | ~Q(answer=""),
                name="provincial_refused_has_answer",
            ),
        ]
        indexes = [models.Index(fields=["standing", "outcome", "year"], name="provincial_counted")]

    def __str__(self):
        return f"{self.year} · {self.get_outcome_display()}"

    def as_dict(self) -> dict[str, Any]:
        """What is said of it now, as the consortium's history keeps it."""
        return {
            "year": self.year,
            "outcome": self.outcome,
            "decided_on": self.decided_on.isoformat() if self.decided_on else "",
            "title": self.title,
            "number": self.number,
            "standing": self.standing,
            "answer": self.answer,
        }

    @classmethod
    def in_words(cls, said: dict[str, Any]) -> str:
        """What `as_dict` kept, in the reader's language."""
        day = said["decided_on"]
        words = (
            said["year"],
            cls.Outcome(said["outcome"]).label,
            date_format(date.fromisoformat(day)) if day else "",
            said["title"],
            said["number"],
            cls.Standing(said["standing"]).label,
            said["answer"],
        )
        return " · ".join(str(word) for word in words if word)

    @property
    def is_settled(self) -> bool:
        """Whether the bureau has confirmed how it came out, so that nothing is left to report."""
        return self.standing == self.Standing.CONFIRMED and self.outcome != self.Outcome.APPLIED
