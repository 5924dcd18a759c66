"""Uploads are judged by their bytes before anything of them is stored."""

import hashlib
import io
import json
import logging
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from filings.scanning import ScannerAwayError, is_infected

log = logging.getLogger(__name__)
MAX_PAGES = 500
NAME_BYTES = 200
PATIENCE = 30  # seconds; the program's own limit is on computing
_LOOK = [sys.executable, "-I", "-B", str(Path(__file__).with_name("plain_pdf.py"))]

FAULTS = {
    "empty": _("The file is empty: please choose another."),
    "size": _("The file has more than %(mb)s MB: please scan it at a lower resolution."),
    "type": _("This is not a PDF file: please save it as PDF first."),
    "encrypted": _("The file is protected by a password: please save it without one."),
    "damaged": _("The file is damaged and can't be opened: please save or scan it again."),
    "active": _("The file contains scripts or attached files: please print it to PDF anew."),
    "bomb": _("The file unpacks to far more than a document needs: please print it to PDF anew."),
    "pages": _("The file must have between 1 and %(pages)s pages."),
    "infected": _("The virus scanner found malware in the file: please check your computer."),
    "unscanned": _("The virus scanner can't be reached just now: please try again in a while."),
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """A PDF that may be kept; `size` in bytes, `sha256` in hexadecimal."""

    name: str
    size: int
    pages: int
    sha256: str


def max_size() -> int:
    """The most bytes that a document may have."""
    return settings.UPLOAD_MAX_MB * 1024 * 1024


def inspect(upload: File) -> Inspection:
    """Check that `upload` is a plain PDF; raise ValidationError saying what to do if it is not."""
    if not upload.size:
        raise _fault("empty")
    if upload.size > max_size():
        raise _fault("size")
    upload.seek(0)
    if not upload.read(1024).lstrip().startswith(b"%PDF-"):
        raise _fault("type")
    pages = _pages(upload)
    if not 0 < pages <= MAX_PAGES:
        raise _fault("pages")
    try:
        if is_infected(upload.chunks()):
            raise _fault("infected")
    except ScannerAwayError as error:
        raise _fault("unscanned") from error
    sha256 = hashlib.sha256()
    for chunk in upload.chunks():
        sha256.update(chunk)
    upload.seek(0)
    return Inspection(clean_name(upload.name), upload.size, pages, sha256.hexdigest())


def inspect_all(uploads: Iterable[File]) -> list[tuple[File, Inspection]]:
    """The same for several; ValidationError names each that is unfit, and why."""
    judged, unfit = [], []
    for upload in uploads:
        try:
            judged.append((upload, inspect(upload)))
        except ValidationError as error:
            unfit += [f"{upload.name}: {message}" for message in error.messages]
    if unfit:
        raise ValidationError({"files": unfit})
    return judged


def clean_name(name: str) -> str:
    """A sender's file name fit to be shown and sent back: no path, no control characters, nothing
    that turns the direction of writing, and the one ending that is true.

    It is cut to 200 bytes of UTF-8 before its ending, since archives break on longer ones.
    """
    name = "".join(
        c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C"
    )
    path = PurePath(name.replace("\\", "/"))
    stem = path.stem.encode()[:NAME_BYTES].decode(errors="ignore").strip()
    while stem.lower().endswith(".pdf"):
        stem = stem[:-4].strip()
    return f"{stem or 'document'}.pdf"


def _fault(code: str) -> ValidationError:
    figures = {"mb": settings.UPLOAD_MAX_MB, "pages": MAX_PAGES}
    return ValidationError(FAULTS[code], code=code, params=figures)


def _pages(upload: File) -> int:
    """The pages of a plain PDF, as a program with limits counts them (`plain_pdf`)."""
    upload.seek(0)
    try:
        source = {"stdin": upload.fileno()}
    except io.UnsupportedOperation:
        source = {"input": upload.read()}
    try:
        seen = subprocess.run(  # noqa: S603 - the command is ours, the file is its input
            _LOOK, capture_output=True, timeout=PATIENCE, check=True, env={}, **source
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        log.warning("an upload was too much to look at: %s", error)
        raise _fault("bomb") from error
    found = json.loads(seen.stdout)
    if "fault" in found:
        raise _fault(found["fault"])
    return found["pages"]
