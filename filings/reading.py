"""Opening a document leaves a trace in the audit trail, whoever opens it and on which page."""

from accounts.audit.reading import record_read
from filings.models import Document


def opened(document: Document) -> None:
    """Call it wherever the bytes of a document, or a picture of them, are handed out."""
    record_read(
        Document._meta.db_table,
        document.pk,
        consortium_id=document.consortium_id,
        original_name=document.original_name,
        sha256=document.sha256,
    )
