"""The papers of a report, by part or of one unit: attached while that is edited, kept when they are
taken out."""

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.attachments import taken_in
from filings.database import lock
from filings.refusals import Conflict, NotPermitted, Refused
from reports.models import AnnualReport, ReportDocument
from reports.permissions import may_edit_unit
from reports.unit_services import changed

# At one part, and of one unit.
MOST = 20


def add_document(
    report_id: int, *, user, part: str, upload: File, unit_id: int | None = None
) -> ReportDocument:
    """Attach a PDF to a part of a report, or to what a unit says of itself (`unit_id`); the unit's
    sign-off falls. Raises ValidationError for an unfit one, NotPermitted when it is not the user's
    to edit now, Refused when there are enough."""
    with taken_in(upload, ReportDocument) as document:
        document.report_id, document.part, document.unit_id = report_id, part, unit_id
        _open(document, user)
        if document.report.documents.at(part, unit_id).count() >= MOST:
            raise Refused(_("At most %(most)s files.") % {"most": MOST})
        document.uploaded_by = user
        document.save()
        changed(document.report, {unit_id}, user)
        return document


@transaction.atomic
def remove_document(document: ReportDocument, *, user) -> None:
    """Take a paper out of a report; the file stays for the submissions that saw it. Raises
    NotPermitted when it is not the user's to edit now, Conflict when it is out already."""
    _open(document, user)
    taken = document.report.documents.kept().filter(pk=document.pk)
    if not taken.update(replaced_at=timezone.now()):
        raise Conflict(_("Somebody else has just replaced or removed this document."))
    changed(document.report, {document.unit_id}, user)


def _open(document: ReportDocument, user) -> None:
    """Lock the report of a paper. Raises NotPermitted with the reason."""
    reports = lock(AnnualReport.objects).select_related("consortium")
    document.report = reports.get(pk=document.report_id)
    answer = may_edit_unit(user, document)
    if not answer:
        raise NotPermitted(answer.reason)
