"""Opening a paper leaves a trace in the audit trail, whoever opens it and on which page."""

from accounts.audit.reading import record_read
from filings.models import CreditFile, Document, Objection, Renaming


def opened(document: Document) -> None:
    """Call it wherever the bytes of a document, or a picture of them, are handed out."""
    _record(document, consortium_id=document.consortium_id)


def credit_file_opened(file: CreditFile) -> None:
    """The same for a paper of a credit case."""
    _record(file, case_id=file.case_id)


def objection_file_opened(objection: Objection) -> None:
    """The same for what an objector sent along."""
    record_read(objection._meta.db_table, objection.pk, original_name=objection.original_name)


def renaming_file_opened(renaming: Renaming) -> None:
    """The same for the registry's document of a renaming."""
    _record(renaming, unit_id=renaming.unit_id)


def _record(paper: Document | CreditFile | Renaming, **whose: int) -> None:
    record_read(
        paper._meta.db_table,
        paper.pk,
        **whose,
        original_name=paper.original_name,
        sha256=paper.sha256,
    )
