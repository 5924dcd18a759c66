"""Files on their way: they come in pieces, wait until their form is right, and go after a day.

The bytes lie in `UPLOAD_DIR` under the upload's id, how many count is in the database. Web
processes that share the folder may each take a piece: the file is locked while one writes.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import UnreadablePostError
from django.utils import timezone

from filings.documents import clean_name
from filings.models import Consortium, Upload

LIFETIME = timedelta(days=1)
# Of one person; who begins another loses the oldest.
MOST_WAITING = 10
_PIECE = 64 * 1024


class WrongOffsetError(Exception):
    """The piece does not continue what is here."""


class BusyError(Exception):
    """Another piece of the same upload is being written."""


class TooMuchError(Exception):
    """The piece goes beyond the size that was announced."""


def begin(consortium: Consortium, *, user, name: str, size: int) -> Upload:
    """Make room for a file of `size` bytes that will come in pieces."""
    for old in Upload.objects.filter(user=user)[MOST_WAITING - 1 :]:
        discard(old)
    upload = Upload.objects.create(
        consortium=consortium, user=user, name=clean_name(name), size=size
    )
    settings.UPLOAD_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(_path(upload), os.O_CREAT | os.O_EXCL, 0o600))
    return upload


def keep(consortium: Consortium, *, user, file: UploadedFile) -> Upload:
    """Keep a file that came in one piece with a form that was not right, so that it can be right
    without sending the file again."""
    upload = begin(consortium, user=user, name=file.name, size=file.size)
    with _path(upload).open("wb") as place:
        for chunk in file.chunks():
            place.write(chunk)
    Upload.objects.filter(pk=upload.pk).update(received=file.size)
    upload.received = file.size
    return upload


def complete(user, consortium: Consortium, pk: UUID) -> Upload | None:
    """The upload of `user` for `consortium`, if it is here to its last byte."""
    upload = Upload.objects.filter(user=user, consortium=consortium, pk=pk).first()
    whole = upload and upload.received == upload.size and not is_gone(upload)
    return upload if whole else None


def expires_at(upload: Upload) -> datetime:
    return upload.created_at + LIFETIME


def is_gone(upload: Upload) -> bool:
    """Whether it is too old, or its bytes were swept away."""
    return expires_at(upload) <= timezone.now() or not _path(upload).exists()


def append(upload: Upload, *, offset: int, stream) -> int:
    """Write a piece that begins at `offset`; return how many bytes are here now.

    A piece whose connection broke counts as far as it came. Raises WrongOffsetError, BusyError,
    TooMuchError.
    """
    with _path(upload).open("r+b") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError from error
        upload.refresh_from_db()
        if offset != upload.received:
            raise WrongOffsetError
        place.seek(offset)
        received = offset
        for piece in _pieces(stream):
            received += len(piece)
            if received > upload.size:
                raise TooMuchError
            place.write(piece)
        place.truncate(received)
        place.flush()
        upload.received = received
        upload.save(update_fields=["received"])
    return received


def _pieces(stream) -> Iterator[bytes]:
    try:
        while piece := stream.read(_PIECE):
            yield piece
    except UnreadablePostError:
        return


@contextmanager
def opened(upload: Upload) -> Iterator[UploadedFile]:
    """A complete upload as a form would have brought it."""
    with _path(upload).open("rb") as place:
        yield UploadedFile(place, upload.name, "application/pdf", upload.size)


def discard(upload: Upload) -> None:
    """Forget an upload and its bytes; any number of times."""
    Upload.objects.filter(pk=upload.pk).delete()
    _path(upload).unlink(missing_ok=True)


def sweep() -> int:
    """Discard what nobody came back for, and bytes that belong to no upload."""
    stale = Upload.objects.filter(created_at__lte=timezone.now() - LIFETIME)
    count = 0
    for upload in stale.iterator(chunk_size=1000):
        discard(upload)
        count += 1
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    if settings.UPLOAD_DIR.exists():
        for path in settings.UPLOAD_DIR.iterdir():
            old = path.stat().st_mtime < time.time() - LIFETIME.total_seconds()
            if old and path.name not in known:
                path.unlink(missing_ok=True)
    return count


def _path(upload: Upload) -> Path:
    return settings.UPLOAD_DIR / str(upload.pk)
