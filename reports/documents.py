"""The papers of a report, by part: attached while it is edited, kept when they are taken out."""

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.attachments import taken_in
from filings.refusals import Conflict, Refused
from reports.models import ReportDocument
from reports.services import count_save, editable

MOST_OF_PART = 20


def add_document(report_id: int, *, user, part: str, upload: File) -> ReportDocument:
    """Attach a PDF to a part of a report. Raises ValidationError for an unfit one, NotPermitted
    when the report is not the user's to edit now, Refused when the part has enough."""
    with taken_in(upload, ReportDocument) as document:
        report = editable(report_id, user=user)
        if report.documents.kept().filter(part=part).count() >= MOST_OF_PART:
            raise Refused(_("At most %(most)s files.") % {"most": MOST_OF_PART})
        document.report, document.part, document.uploaded_by = report, part, user
        document.save()
        count_save(report, user)
        return document


@transaction.atomic
def remove_document(document: ReportDocument, *, user) -> None:
    """Take a paper out of a report; the file stays for the submissions that saw it."""
    report = editable(document.report_id, user=user)
    taken = report.documents.kept().filter(pk=document.pk)
    if not taken.update(replaced_at=timezone.now()):
        raise Conflict(_("Somebody else has just replaced or removed this document."))
    count_save(report, user)
