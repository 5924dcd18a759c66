"""Uploads are judged by their bytes before anything of them is stored."""

import hashlib
import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

import pikepdf
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MAX_SIZE = 20 * 1024 * 1024
MAX_PAGES = 500
NAME_BYTES = 200
# What a paper document has no need of: code that runs, programs it starts, files it carries.
_ACTIVE = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia", "/XFA"}


@dataclass(frozen=True, slots=True)
class Inspection:
    """A PDF that may be kept; `size` in bytes, `sha256` in hexadecimal."""

    name: str
    size: int
    pages: int
    sha256: str


def inspect(upload: UploadedFile) -> Inspection:
    """Check that `upload` is a plain PDF; raise ValidationError saying what to do if it is not."""
    if upload.size > MAX_SIZE:
        raise ValidationError(
            _("The file has more than 20 MB: please scan it at a lower resolution."),
            code="size",
        )
    upload.seek(0)
    if not upload.read(1024).lstrip().startswith(b"%PDF-"):
        raise ValidationError(
            _("This is not a PDF file: please save it as PDF first."), code="type"
        )
    upload.seek(0)
    pages = _pages(upload)
    upload.seek(0)
    sha256 = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return Inspection(clean_name(upload.name), upload.size, pages, sha256)


def clean_name(name: str) -> str:
    """A sender's file name fit to be shown and sent back: no path, no control characters.

    It is cut to 200 bytes of UTF-8 before its ending, since archives break on longer ones.
    """
    name = "".join(
        c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C"
    )
    path = PurePath(name.replace("\\", "/"))
    stem = path.stem.encode()[:NAME_BYTES].decode(errors="ignore").strip() or "document"
    return f"{stem}.pdf"


def _pages(upload) -> int:
    try:
        with pikepdf.open(upload) as pdf:
            if pdf.is_encrypted:
                raise ValidationError(
                    _("The file is protected by a password: please save it without one."),
                    code="encrypted",
                )
            _refuse_active_content(pdf)
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise ValidationError(
            _("The file is protected by a password: please save it without one."),
            code="encrypted",
        ) from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise ValidationError(
            _("The file is damaged and can't be opened: please save or scan it again."),
            code="damaged",
        ) from error
    if not 0 < pages <= MAX_PAGES:
        raise ValidationError(
            _("The file must have between 1 and %(most)s pages.") % {"most": MAX_PAGES},
            code="pages",
        )
    return pages


def _refuse_active_content(pdf: pikepdf.Pdf) -> None:
    for item in itertools.chain.from_iterable(map(_dictionaries_in, pdf.objects)):
        marks = set(item.keys()) | {str(item.get("/S", "")), str(item.get("/Type", ""))}
        if marks & _ACTIVE:
            raise ValidationError(
                _("The file contains scripts or attached files: please print it to PDF anew."),
                code="active",
            )


def _dictionaries_in(item) -> Iterator[pikepdf.Object]:
    """The dictionaries of one of a PDF's objects: itself, and what is written out inside it.

    What it only refers to is an object of its own. A script may stand at either place.
    """
    waiting = [item]
    while waiting:
        found = waiting.pop()
        inside = ()
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found
            inside = [value for _key, value in found.items()]
        elif isinstance(found, pikepdf.Array):
            inside = list(found)
        waiting += [v for v in inside if isinstance(v, pikepdf.Object) and not v.is_indirect]
