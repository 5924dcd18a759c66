"""Files made for whoever asks, under names that browsers and disks can bear."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from filings.documents import clean_name


def attachment(data: bytes, content_type: str, name: str, ending: str) -> HttpResponse:
    """An answer that is saved as a file, and read by nobody else."""
    response = HttpResponse(data, content_type=content_type)
    stem = clean_name(f"{name.replace('/', ' ')}.pdf").removesuffix(".pdf")
    response["Content-Disposition"] = content_disposition_header(True, stem + ending)
    response["X-Content-Type-Options"] = "nosniff"
    return response
