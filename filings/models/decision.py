"""What the bureau says to the outside about its decisions: public notices and letters."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models.consortium import Consortium
from filings.querysets import PublicNoticeQuerySet


class PublicNotice(models.Model):
    """One notice over one or many filings. Their own days (`notice_ends_on`) are what the guards
    read; they are written together with the entry and never differ from those here."""

    title = models.CharField(_("title"), max_length=400)
    text = models.TextField(_("text"), max_length=2000)
    starts_on = models.DateField(_("public notice from"))
    ends_on = models.DateField(_("public notice to"), db_index=True)
    days = models.PositiveSmallIntegerField(_("working days"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published at"), default=timezone.now)

    objects = PublicNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="public_notice_has_days"
            )
        ]

    def __str__(self):
        return self.title


class NoticeEntry(models.Model):
    """A filing in its notice: it is published once, and stays in what was published."""

    notice = models.ForeignKey(
        PublicNotice, models.PROTECT, related_name="entries", verbose_name=_("public notice")
    )
    consortium = models.OneToOneField(
        Consortium,
        models.PROTECT,
        related_name="notice_entry",
        verbose_name=_("consortium"),
    )

    class Meta:
        verbose_name = _("filing in a public notice")
        verbose_name_plural = _("filings in public notices")
        ordering = ["pk"]

    def __str__(self):
        return str(self.consortium)


class Letter(models.Model):
    """A letter of the bureau to a lead unit, frozen as it was issued: the database refuses to alter
    it. All it says is in the row, so that it reads the same when names or policies have changed."""

    class Kind(models.TextChoices):
        FILED = "filed", _("Letter of filing")
        REJECTED = "rejected", _("Decision not to file")
        RETURNED = "returned", _("Request for correction")

    consortium = models.ForeignKey(
        Consortium, models.PROTECT, related_name="letters", verbose_name=_("consortium")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("serial"))
    number = models.CharField(_("letter number"), max_length=40, unique=True)
    issued_on = models.DateField(_("issued on"))
    addressee = models.CharField(_("addressee"), max_length=300)
    subject = models.CharField(_("consortium"), max_length=300)
    clause = models.CharField(_("clause of the guideline"), max_length=10, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # What is to be mended: [section, text], as the comments said when they were sent.
    points = models.JSONField(_("points to be mended"), default=list, blank=True)
    due_on = models.DateField(_("correction due on"), null=True, blank=True)
    remedy = models.TextField(_("how to object to the decision"), blank=True)
    # The bureau cancelled the return; the one thing about a letter that may still change.
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="letter_serial_once"),
            models.CheckConstraint(
                condition=~Q(kind="rejected") | ~Q(clause="") & ~Q(reason=""),
                name="letter_rejection_has_grounds",
            ),
        ]

    def __str__(self):
        return self.number
