"""Uploads in pieces: the core of tus 1.0 with creation, termination and expiration.

The protocol is told at https://tus.io/protocols/resumable-upload; the codes of the answers are its
own. What has come to its end becomes a document through the form that names it.
"""

import base64

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import http_date

from filings import uploads
from filings.documents import max_size
from filings.models import Upload
from filings.permissions import get_open_to_uploads_or_404

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
PIECE = "application/offset+octet-stream"


def create(request, pk):
    """Announce a file and get the address that its pieces go to."""
    consortium = get_open_to_uploads_or_404(request.user, pk)
    if refusal := _protocol(request, {"POST"}):
        return refusal
    try:
        size = int(request.headers["Upload-Length"])
        name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    except (KeyError, ValueError):
        return _answer(400)
    if size < 0:
        return _answer(400)
    if size > max_size():
        return _answer(413)
    upload = uploads.begin(consortium, user=request.user, name=name, size=size)
    address = reverse("filings:upload", args=[pk, upload.pk])
    return _answer(201, upload, Location=request.build_absolute_uri(address))


def upload(request, pk, upload_pk):
    """Ask how far a file has come, send its next piece, or give it up."""
    consortium = get_open_to_uploads_or_404(request.user, pk)
    found = Upload.objects.filter(pk=upload_pk, user=request.user, consortium=consortium).first()
    if found is None:
        raise Http404
    if refusal := _protocol(request, {"HEAD", "PATCH", "DELETE"}):
        return refusal
    method = _method(request)
    if method == "DELETE":
        uploads.discard(found)
        return _answer(204)
    if uploads.is_gone(found):
        return _answer(410)
    if method == "HEAD":
        length = {"Upload-Length": found.size, "Cache-Control": "no-store"}
        return _answer(200, found, **length)
    return _append(request, found)


def _append(request, found: Upload) -> HttpResponse:
    if request.content_type != PIECE:
        return _answer(415)
    try:
        offset = int(request.headers["Upload-Offset"])
    except (KeyError, ValueError):
        return _answer(400)
    try:
        uploads.append(found, offset=offset, stream=request)
    except uploads.WrongOffsetError:
        return _answer(409)
    except uploads.BusyError:
        return _answer(423)
    except uploads.TooMuchError:
        return _answer(413)
    return _answer(204, found)


def _protocol(request, methods: set[str]) -> HttpResponse | None:
    """The answer to those who ask what can be done here, or don't speak our version."""
    if request.method == "OPTIONS":
        abilities = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS}
        return _answer(204, **abilities, **{"Tus-Max-Size": max_size()})
    if _method(request) not in methods:
        return _answer(405, Allow=", ".join(sorted({*methods, "OPTIONS"})))
    if request.headers.get("Tus-Resumable") != VERSION:
        return _answer(412, **{"Tus-Version": VERSION})
    return None


def _method(request) -> str:
    """The method; a POST may stand for another where a network lets nothing else through."""
    if request.method == "POST":
        return request.headers.get("X-HTTP-Method-Override", "POST").upper()
    return request.method


def _metadata(header: str) -> dict[str, str]:
    """The pairs of Upload-Metadata: a key, and its value in base64."""
    pairs = (pair.strip().partition(" ") for pair in header.split(",") if pair.strip())
    return {key: base64.b64decode(value, validate=True).decode() for key, _space, value in pairs}


def _answer(status: int, found: Upload | None = None, **headers) -> HttpResponse:
    response = HttpResponse(status=status, headers={"Tus-Resumable": VERSION, **headers})
    if found:
        response["Upload-Offset"] = found.received
        response["Upload-Expires"] = http_date(uploads.expires_at(found).timestamp())
    return response
