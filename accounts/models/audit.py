from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditEntry(models.Model):
    """One document read or one row written. Triggers write it; nothing changes it afterwards.

    `subject` and `subject_id` name a table and a row, which may be gone by now; so may the person.
    """

    class Operation(models.TextChoices):
        READ = "read", pgettext_lazy("of the audit trail", "Read")
        INSERT = "insert", pgettext_lazy("of the audit trail", "Created")
        UPDATE = "update", pgettext_lazy("of the audit trail", "Changed")
        DELETE = "delete", pgettext_lazy("of the audit trail", "Deleted")

    at = models.DateTimeField(_("at"))
    operation = models.CharField(_("operation"), max_length=10, choices=Operation.choices)
    subject = models.CharField(_("kind of object"), max_length=63)
    subject_id = models.CharField(_("object number"), max_length=64)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    address = models.CharField(_("from where"), max_length=255)
    request_id = models.CharField(_("request"), max_length=64)
    origin = models.CharField(_("through"), max_length=100)
    # Its place in the chain, given when it is sealed.
    position = models.PositiveBigIntegerField(_("position"), null=True, unique=True)
    hash = models.CharField(_("hash"), max_length=64, default="", db_default="")

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-pk"]
        # A way along each filter, newest first.
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            models.Index(fields=["actor", "-at", "-id"], name="audit_by_person"),
            models.Index(fields=["subject", "-at", "-id"], name="audit_by_kind"),
            models.Index(fields=["operation", "-at", "-id"], name="audit_by_operation"),
            models.Index(fields=["subject_id", "subject"], name="audit_by_object"),
        ]

    def __str__(self):
        return f"{self.get_operation_display()} · {self.subject} {self.subject_id}"


class AuditSeal(models.Model):
    """How far the chain reached at a moment, and its last hash: what is cut off later is missed."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    position = models.PositiveBigIntegerField(_("position"), unique=True)
    head = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("seal of the audit trail")
        verbose_name_plural = _("seals of the audit trail")
        ordering = ["position"]

    def __str__(self):
        return f"{self.position}:{self.head}"
