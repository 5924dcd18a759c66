"""The papers of a credit case: judged like every upload, kept apart from those of the filing."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from filings.documents import inspect
from filings.models import CreditCase, CreditFile


def keep(case: CreditCase, *, user, kind: str, uploads: Iterable[UploadedFile]) -> list[CreditFile]:
    """Keep all of `uploads` with the case, or none: ValidationError names each unfit one."""
    judged, unfit = [], []
    for upload in uploads:
        try:
            judged.append((upload, inspect(upload)))
        except ValidationError as error:
            unfit += [f"{upload.name}: {message}" for message in error.messages]
    if unfit:
        raise ValidationError({"files": unfit})
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
        for upload, found in judged
    ]


def names_of(files: Iterable[CreditFile]) -> list[str]:
    """What the history says of them."""
    return [file.original_name for file in files]
