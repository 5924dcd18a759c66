"""Whether the virus scanner (clamd, when there is one) has something against a file."""

import logging
import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

log = logging.getLogger(__name__)
TIMEOUT = 30
_CHUNK = 64 * 1024


class ScannerAwayError(Exception):
    """There should be a scanner, and it gives no verdict."""


def is_infected(chunks: Iterable[bytes]) -> bool:
    """The scanner's verdict on a file; False where no scanner is configured.

    Raises ScannerAwayError without a verdict: what nobody looked at is not clean.
    """
    if not settings.CLAMD_URL:
        return False
    answer = _ask(b"INSTREAM", chunks)
    if answer.endswith(" FOUND"):
        log.warning("the scanner refused an upload: %s", answer)
        return True
    if answer != "stream: OK":
        log.error("the scanner gave no verdict: %s", answer)
        raise ScannerAwayError
    return False


def ping() -> None:
    """Return when the scanner answers. Raises ScannerAwayError."""
    if _ask(b"PING") != "PONG":
        raise ScannerAwayError


def _ask(command: bytes, chunks: Iterable[bytes] | None = None) -> str:
    try:
        with _connection() as link:
            link.sendall(b"z" + command + b"\0")
            if chunks is not None:
                _send(link, chunks)
            return link.makefile("rb").read(4096).rstrip(b"\0").decode(errors="replace")
    except OSError as error:
        log.error("the scanner is away: %s", error)
        raise ScannerAwayError from error


def _send(link: socket.socket, chunks: Iterable[bytes]) -> None:
    try:
        for chunk in chunks:
            for start in range(0, len(chunk), _CHUNK):
                piece = chunk[start : start + _CHUNK]
                link.sendall(struct.pack(">I", len(piece)) + piece)
        link.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # It stops listening when it has heard enough, and its answer says why.
        log.info("the scanner stopped listening")


def _connection() -> socket.socket:
    where = urlsplit(settings.CLAMD_URL)
    if where.scheme == "tcp":
        return socket.create_connection((where.hostname, where.port or 3310), TIMEOUT)
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(TIMEOUT)
    link.connect(where.path)
    return link
