"""The papers of a credit case: judged like every upload, kept apart from those of the filing."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from filings.documents import inspect_all
from filings.models import CreditCase, CreditFile


def keep(case: CreditCase, *, user, kind: str, uploads: Iterable[UploadedFile]) -> list[CreditFile]:
    """Keep all of `uploads` with the case, or none: ValidationError names each unfit one."""
    return [
        CreditFile.objects.create(
            case=case,
            kind=kind,
            file=upload,
            original_name=found.name,
            size=found.size,
            pages=found.pages,
            sha256=found.sha256,
            uploaded_by=user,
        )
        for upload, found in inspect_all(uploads)
    ]


def names_of(files: Iterable[CreditFile]) -> list[str]:
    """What the history says of them."""
    return [file.original_name for file in files]
