"""The papers of a filing: attached once they have been judged, and kept when they are replaced."""

from django.db import transaction
from django.utils import timezone

from filings.documents import inspect
from filings.editing import touch
from filings.models import Consortium, Document


@transaction.atomic
def add_document(consortium: Consortium, *, user, kind: str, upload, member=None) -> Document:
    """Attach a PDF to a filing being edited. Raises ValidationError for an unfit one."""
    touch(consortium.pk, user=user)
    return store_document(consortium, user, kind, upload, member)


def store_document(consortium, user, kind, upload, member=None) -> Document:
    found = inspect(upload)
    return Document.objects.create(
        consortium=consortium,
        member=member,
        kind=kind,
        file=upload,
        original_name=found.name,
        size=found.size,
        pages=found.pages,
        sha256=found.sha256,
        uploaded_by=user,
    )


@transaction.atomic
def remove_document(document: Document, *, user) -> None:
    """Take a document out of the filing; the file stays for the submissions that saw it."""
    touch(document.consortium_id, user=user)
    document.replaced_at = timezone.now()
    document.save(update_fields=["replaced_at"])
