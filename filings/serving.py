"""The bytes of the files that are kept: handed out as the PDF that they are, and nothing else."""

from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

# A browser's own PDF viewer works under it; a script of ours or anybody's does not.
INLINE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


class Kept(Protocol):
    """A row that keeps a PDF, with the name it came under."""

    file: FieldFile
    original_name: str


def pdf(kept: Kept, *, as_attachment: bool = True) -> FileResponse:
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


def framed(kept: Kept) -> FileResponse:
    """The same for the frame of one of our pages, and of no other site's."""
    response = pdf(kept, as_attachment=False)
    # The sandbox of the download would turn the browsers' viewers off.
    response["Content-Security-Policy"] = INLINE_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
