"""PDF files as people attach them."""

import io
from functools import cache

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile


@cache
def pdf_bytes(pages: int = 1) -> bytes:
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def pdf_upload(name: str = "组建协议.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(), content_type="application/pdf")
