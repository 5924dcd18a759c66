"""Uploads in pieces, as the tus protocol 1.0 has it, and what becomes of them."""

import fcntl
import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.http import UnreadablePostError
from django.urls import reverse
from django.utils import timezone

from filings import sweep, uploads
from filings.documents import max_size
from filings.models import Consortium, Member, Upload
from tests.factories import ConsortiumFactory, bring_to, pdf_bytes
from tests.filings.hostile import PIECE, TUS, begun, in_one_form, put
from tests.people import as_

pytestmark = pytest.mark.django_db

DATA = pdf_bytes()


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


@pytest.fixture
def client(lead_owner):
    return as_(lead_owner)


@pytest.fixture
def address(client, consortium) -> str:
    """Where the pieces of an announced file go to."""
    return begun(client, consortium.pk, len(DATA))["Location"]


def head(client, address: str):
    return client.head(address, headers=TUS)


def test_the_server_tells_what_it_can(client, consortium, address):
    for where in (reverse("filings:uploads", args=[consortium.pk]), address):
        answer = client.options(where)
        assert answer.status_code == 204
        assert answer["Tus-Version"] == "1.0.0"
        assert answer["Tus-Extension"] == "creation,termination,expiration"
        assert answer["Tus-Max-Size"] == str(max_size())


def test_a_file_is_announced_sent_in_pieces_and_complete(client, consortium):
    answer = begun(client, consortium.pk, len(DATA), "协议\u202e.pdf")
    assert answer.status_code == 201
    assert answer["Tus-Resumable"] == "1.0.0"
    assert "GMT" in answer["Upload-Expires"]
    address, sent = answer["Location"], 0
    while sent < len(DATA):
        assert (
            uploads.complete(Upload.objects.get().user, consortium, Upload.objects.get().pk) is None
        )
        piece = DATA[sent : sent + 100]
        answer = put(client, address, sent, piece)
        sent += len(piece)
        assert (answer.status_code, answer["Upload-Offset"]) == (204, str(sent))
        assert answer.content == b""
    upload = Upload.objects.get()
    assert upload.name == "协议.pdf"
    assert uploads.complete(upload.user, consortium, upload.pk) == upload
    with uploads.opened(upload) as file:
        assert file.read() == DATA


def test_how_far_it_has_come_is_asked_and_never_cached(client, address):
    put(client, address, 0, DATA[:7])
    answer = head(client, address)
    assert answer.status_code == 200
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == ("7", str(len(DATA)))
    assert answer["Cache-Control"] == "no-store"


def test_a_piece_goes_on_where_the_last_one_ended(client, address):
    put(client, address, 0, DATA[:9])
    for offset in (0, 8, 10):
        assert put(client, address, offset, b"x").status_code == 409
    assert head(client, address)["Upload-Offset"] == "9"


def test_no_more_comes_than_was_announced(client, address):
    assert put(client, address, 0, DATA + b"x").status_code == 413
    assert head(client, address)["Upload-Offset"] == "0"
    assert put(client, address, 0, DATA).status_code == 204
    with uploads.opened(Upload.objects.get()) as file:
        assert file.read() == DATA


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 412),
        ({"Tus-Resumable": "0.2.2"}, 412),
        (TUS, 400),
        (TUS | {"Upload-Length": "-1"}, 400),
        (TUS | {"Upload-Length": "many"}, 400),
        (TUS | {"Upload-Length": "10", "Upload-Metadata": "filename ***"}, 400),
        (TUS | {"Upload-Length": "10", "Upload-Metadata": "filename /w=="}, 400),
        (TUS | {"Upload-Length": str(10**9)}, 413),
        (TUS | {"Upload-Defer-Length": "1"}, 400),
        (TUS | {"Upload-Length": "10"}, 201),
        (TUS | {"Upload-Length": "10", "Upload-Metadata": "secret,filename YS5wZGY="}, 201),
    ],
)
def test_an_announcement_is_answered_by_the_protocol(headers, status, client, consortium):
    answer = client.post(reverse("filings:uploads", args=[consortium.pk]), headers=headers)
    assert answer.status_code == status
    assert answer["Tus-Resumable"] == "1.0.0"
    assert Upload.objects.count() == (status == 201)
    assert answer.has_header("Tus-Version") is (status == 412)


@pytest.mark.parametrize(
    ("headers", "kind", "status"),
    [
        ({"Upload-Offset": "0"}, PIECE, 412),
        (TUS | {"Upload-Offset": "0"}, "application/pdf", 415),
        (TUS, PIECE, 400),
        (TUS | {"Upload-Offset": "x"}, PIECE, 400),
        (TUS | {"Upload-Offset": "-1"}, PIECE, 409),
    ],
)
def test_a_piece_is_answered_by_the_protocol(headers, kind, status, client, address):
    answer = client.patch(address, b"x", content_type=kind, headers=headers)
    assert answer.status_code == status
    assert head(client, address)["Upload-Offset"] == "0"


def test_what_is_no_method_of_it_is_refused(client, consortium, address):
    assert client.get(address, headers=TUS).status_code == 405
    assert client.put(address, headers=TUS).status_code == 405
    assert client.get(reverse("filings:uploads", args=[consortium.pk])).status_code == 405


def test_a_post_may_stand_for_another_method(client, address):
    headers = TUS | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(address, DATA, content_type=PIECE, headers=headers).status_code == 204
    assert head(client, address)["Upload-Offset"] == str(len(DATA))


def test_an_upload_is_given_up_with_its_bytes(client, address, settings):
    put(client, address, 0, DATA[:9])
    assert client.delete(address, headers=TUS).status_code == 204
    assert head(client, address).status_code == 404
    assert list(settings.UPLOAD_DIR.iterdir()) == []


def test_two_pieces_are_not_written_at_once(client, address, settings):
    with next(settings.UPLOAD_DIR.iterdir()).open("r+b") as place:
        fcntl.flock(place, fcntl.LOCK_EX)
        assert put(client, address, 0, DATA).status_code == 423
    assert put(client, address, 0, DATA).status_code == 204


class Broken(io.BytesIO):
    """A request whose connection breaks when its bytes have been read."""

    def read(self, size=-1):
        if found := super().read(size):
            return found
        raise UnreadablePostError


def test_what_came_before_the_connection_broke_counts(address):
    upload = Upload.objects.get()
    assert uploads.append(upload, offset=0, stream=Broken(DATA[:50])) == 50
    assert uploads.append(upload, offset=50, stream=io.BytesIO(DATA[50:])) == len(DATA)


@pytest.mark.parametrize("cast", ["lead2_owner", "member_user", "stranger", "auditor"])
def test_an_upload_is_its_sender_s_alone(cast, address, consortium, request):
    user = request.getfixturevalue(cast)
    if cast == "member_user":
        unit = user.memberships.get().unit
        Member.objects.filter(pk=consortium.members.first().pk).update(unit=unit)
    stranger = as_(user)
    assert head(stranger, address).status_code == 404
    assert put(stranger, address, 0, DATA).status_code == 404
    assert stranger.delete(address, headers=TUS).status_code == 404
    assert Upload.objects.get().received == 0


def test_an_upload_belongs_to_one_filing(client, address, lead_owner):
    put(client, address, 0, DATA)
    other = ConsortiumFactory(complete=True, lead_unit=lead_owner.memberships.get().unit)
    data = {"kind": "other", "received": str(Upload.objects.get().pk)}
    page = client.post(reverse("filings:document_add", args=[other.pk]), data)
    assert page.context["form"].errors.keys() == {"upload"}


@pytest.mark.parametrize("received", ["", "x", "6d7b7a8e-0000-4000-8000-000000000000"])
def test_a_form_without_a_file_asks_for_it(received, client, consortium):
    data = {"kind": "other", "received": received}
    page = client.post(reverse("filings:document_add", args=[consortium.pk]), data)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"upload"}


def test_half_a_file_becomes_no_document(client, consortium, address):
    put(client, address, 0, DATA[:-1])
    data = {"kind": "other", "received": str(Upload.objects.get().pk)}
    page = client.post(reverse("filings:document_add", args=[consortium.pk]), data)
    assert page.context["form"].errors.keys() == {"upload"}
    assert Upload.objects.exists()


def test_a_wrong_kind_does_not_cost_the_upload(client, consortium, settings):
    """The file of a form that was not right is given back, also without a script."""
    page = in_one_form(client, consortium.pk, DATA, "执照.pdf", kind="wrong")
    assert page.context["form"].errors.keys() == {"kind"}
    kept = Upload.objects.get()
    assert f'value="{kept.pk}"' in page.text
    assert "执照.pdf" in page.text
    data = {"kind": "licence", "received": str(kept.pk)}
    assert (
        client.post(reverse("filings:document_add", args=[consortium.pk]), data).status_code == 302
    )
    document = consortium.documents.latest("pk")
    assert (document.kind, document.original_name) == ("licence", "执照.pdf")
    assert not Upload.objects.exists()
    assert list(settings.UPLOAD_DIR.iterdir()) == []


def test_a_wrong_kind_and_an_unfit_file_are_told_at_once(client, consortium):
    page = in_one_form(client, consortium.pk, b"MZ", kind="wrong")
    assert page.context["form"].errors.keys() == {"kind", "upload"}
    assert not Upload.objects.exists()


def test_after_a_day_it_is_gone_and_its_bytes_are_swept(client, address, settings):
    put(client, address, 0, DATA)
    orphan = Path(settings.UPLOAD_DIR) / "nobody's"
    orphan.write_bytes(b"x")
    assert sweep.run()["uploads_dropped"] == 0
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        client.force_login(Upload.objects.get().user, "django.contrib.auth.backends.ModelBackend")
        assert head(client, address).status_code == 410
        assert put(client, address, 0, DATA).status_code == 410
        assert [sweep.run()["uploads_dropped"] for _time in range(2)] == [1, 0]
        assert head(client, address).status_code == 404
    assert list(settings.UPLOAD_DIR.iterdir()) == []


def test_one_person_has_only_so_many_files_waiting(client, consortium, settings):
    for _number in range(uploads.MOST_WAITING + 2):
        assert begun(client, consortium.pk, 10).status_code == 201
    assert Upload.objects.count() == uploads.MOST_WAITING
    assert len(list(settings.UPLOAD_DIR.iterdir())) == uploads.MOST_WAITING


def test_what_was_submitted_takes_no_more_files(client, consortium, address):
    bring_to(Consortium.objects.get(), "submitted")
    assert put(client, address, 0, DATA).status_code == 404
    assert begun(client, consortium.pk, 10).status_code == 404


def test_a_file_larger_than_memory_holds_comes_through_the_form(client, consortium):
    """From 2.5 MB on Django writes an upload to the disk; it is judged there."""
    padded = DATA.replace(b"xref\n", b"%" + b"a" * 3 * 1024**2 + b"\nxref\n", 1)
    at = str(DATA.index(b"xref\n")).encode()
    moved = str(padded.index(b"\nxref\n") + 1).encode()
    padded = padded.replace(b"startxref\n" + at, b"startxref\n" + moved)
    assert in_one_form(client, consortium.pk, padded).status_code == 302
    assert consortium.documents.latest("pk").size == len(padded)
