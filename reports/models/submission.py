import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from filings.models.document import KeptPaper
from filings.models.history import Frozen, InternalNote, Remark
from reports.models.place import AtPlace
from reports.models.report import AnnualReport
from reports.parts import Part
from reports.querysets import ReportDocumentQuerySet


class ReportSubmission(Frozen):
    """The whole report as it was handed in: what the bureau judges, and what nobody edits later."""

    report = models.ForeignKey(
        AnnualReport, models.PROTECT, related_name="submissions", verbose_name=_("report")
    )

    class Meta:
        verbose_name = _("submission of a report")
        verbose_name_plural = _("submissions of reports")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_submission_once")
        ]

    def __str__(self):
        return _("Submission %(number)s") % {"number": self.number}

    @property
    def is_latest(self) -> bool:
        later = ReportSubmission.objects.filter(report=self.report_id, number__gt=self.number)
        return not later.exists()

    @property
    def documents(self) -> list[dict]:
        """The papers that went with it, in the order of the parts."""
        return [paper for part in Part for paper in self.content[part].get("documents", ())]


class ReportComment(AtPlace, Remark):
    """What an officer asks to mend in a report, at the part, field or row that it is about."""

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="comments", verbose_name=_("report")
    )
    # Empty for those of a time when submissions were not kept.
    submission = models.ForeignKey(
        ReportSubmission,
        models.PROTECT,
        null=True,
        related_name="comments",
        verbose_name=_("submission"),
    )

    class Meta:
        verbose_name = _("comment on a report")
        verbose_name_plural = _("comments on reports")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class ReportNote(AtPlace, InternalNote):
    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="notes", verbose_name=_("report")
    )

    class Meta(InternalNote.Meta):
        verbose_name = _("internal note on a report")
        verbose_name_plural = _("internal notes on reports")


def random_report_name(instance, filename: str) -> str:
    """Where a paper of a report lies: a name of ours, apart from the papers of filings."""
    return f"reports/{uuid.uuid4().hex}.pdf"


class ReportDocument(KeptPaper):
    """A paper that goes with a report: the lead's evidence of a part, or what one unit attached to
    its own, which stands where the units do."""

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="documents", verbose_name=_("report")
    )
    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    # Empty for the lead's evidence of a part.
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="report_documents",
        verbose_name=_("unit"),
    )
    file = models.FileField(_("file"), upload_to=random_report_name, max_length=100)

    objects = ReportDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a report")
        verbose_name_plural = _("documents of reports")
        ordering = ["part", "-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(part=Part.COOPERATION),
                name="report_document_of_unit_at_units",
            )
        ]

    @property
    def place(self) -> str:
        return self.unit.name if self.unit else self.get_part_display()
