import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.models.choices import DocumentKind
from filings.models.consortium import Consortium
from filings.models.member import Member


def random_name(instance, filename: str) -> str:
    """Where an upload lies: a name of ours, so that nothing of the sender's reaches the disk."""
    return f"documents/{uuid.uuid4().hex}.pdf"


class Document(models.Model):
    """An attachment, checked by its bytes before it was stored."""

    consortium = models.ForeignKey(
        Consortium,
        models.CASCADE,
        related_name="documents",
        verbose_name=_("consortium"),
    )
    member = models.ForeignKey(
        Member,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("member"),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=DocumentKind.choices)
    file = models.FileField(_("file"), upload_to=random_name, max_length=100)
    original_name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    # A replaced or removed document that a submission has seen stays, out of the lead's sight.
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "-uploaded_at", "-pk"]

    def __str__(self):
        return self.original_name
