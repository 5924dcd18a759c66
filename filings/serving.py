"""The bytes of the files that are kept: handed out as the PDF that they are, and nothing else."""

from django.http import FileResponse

from filings.models import CreditFile, Document, Objection


def pdf(kept: Document | Objection | CreditFile, *, as_attachment: bool = True) -> FileResponse:
    """A kept file under its own name, never run by a browser, for no page of another site."""
    response = FileResponse(
        kept.file.open("rb"),
        as_attachment=as_attachment,
        filename=kept.original_name,
        content_type="application/pdf",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
