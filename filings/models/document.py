import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import UnitKind
from filings.models.choices import DocumentKind
from filings.models.consortium import Consortium
from filings.models.member import Member
from filings.models.policy import Policy


def random_name(instance, filename: str) -> str:
    """Where an upload lies: a name of ours, so that nothing of the sender's reaches the disk."""
    return f"documents/{uuid.uuid4().hex}.pdf"


class Paper(models.Model):
    """A PDF that was judged by its bytes before it was stored; whose it is, the models say."""

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

    class Meta:
        abstract = True

    def __str__(self):
        return self.original_name


class KeptPaper(Paper):
    """One that stays when it is replaced or removed: submissions may have seen it, and it is its
    history."""

    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Document(KeptPaper):
    """An attachment of a filing."""

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
    replaces = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "-uploaded_at", "-pk"]


class RequiredDocument(models.Model):
    """An attachment that the bureau asks for beside the agreement, by kind of unit.

    The guideline asks for the agreement alone (clause 3.2); the rest is the bureau's practice, so
    that what is missing may be justified.
    """

    class Party(models.TextChoices):
        LEAD = "lead", _("Lead unit")
        MEMBER = "member", _("Members")

    policy = models.ForeignKey(
        Policy,
        models.CASCADE,
        related_name="required_documents",
        verbose_name=_("policy"),
    )
    party = models.CharField(_("of whom"), max_length=10, choices=Party.choices)
    unit_kind = models.CharField(
        _("kind of unit"),
        max_length=20,
        choices=UnitKind.choices,
        blank=True,
        help_text=_("Empty: of every kind."),
    )
    kind = models.CharField(_("kind of document"), max_length=30, choices=DocumentKind.choices)

    class Meta:
        verbose_name = _("required document")
        verbose_name_plural = _("required documents")
        ordering = ["party", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "party", "unit_kind", "kind"], name="required_document_once"
            )
        ]

    def __str__(self):
        return f"{self.get_party_display()} · {self.get_kind_display()}"


class Upload(models.Model):
    """A file on its way, chunk by chunk (tus 1.0); the form that names it when all of it is here
    makes it a Document (`filings.uploads`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consortium = models.ForeignKey(
        Consortium, models.CASCADE, related_name="uploads", verbose_name=_("consortium")
    )
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    received = models.PositiveBigIntegerField(_("received bytes"), default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-created_at"]

    def __str__(self):
        return self.name
