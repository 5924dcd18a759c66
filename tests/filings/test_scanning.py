"""With a virus scanner nothing is kept that it has not seen and passed."""

import pytest
from django.test import Client
from django.urls import reverse

from filings.documents import FAULTS
from filings.models import Upload
from tests.factories import ConsortiumFactory, pdf_bytes
from tests.filings import clamd
from tests.filings.hostile import WAYS, changed
from tests.people import as_

pytestmark = pytest.mark.django_db

AWAY = "tcp://127.0.0.1:1"


def infected() -> bytes:
    def catch(pdf):
        pdf.Root.Note = pdf.make_stream(clamd.VIRUS)

    return changed(catch, compress_streams=False)


@pytest.fixture
def consortium(lead_owner):
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


def answer(send, lead_owner, consortium, data) -> str:
    """The fault of an upload, or nothing; the words are those of the fault."""
    before = consortium.documents.count()
    page = send(as_(lead_owner), consortium.pk, data)
    if page.status_code == 302:
        assert consortium.documents.count() == before + 1
        return ""
    assert consortium.documents.count() == before
    (error,) = page.context["form"].errors["upload"].as_data()
    assert page.context["form"].errors["upload"] == [str(FAULTS[error.code])]
    return error.code


@pytest.mark.parametrize("send", WAYS)
@pytest.mark.parametrize("over", ["tcp", "unix"])
def test_what_the_scanner_finds_is_refused_and_the_rest_is_kept(
    over, send, lead_owner, consortium, settings, tmp_path
):
    with clamd.running(tmp_path / "s" if over == "unix" else None) as settings.CLAMD_URL:
        assert answer(send, lead_owner, consortium, infected()) == "infected"
        assert not Upload.objects.exists()
        assert answer(send, lead_owner, consortium, pdf_bytes()) == ""


@pytest.mark.parametrize("send", WAYS)
def test_without_its_verdict_nothing_is_kept_but_the_upload_is_not_lost(
    send, lead_owner, consortium, settings
):
    settings.CLAMD_URL = AWAY
    assert answer(send, lead_owner, consortium, pdf_bytes()) == "unscanned"
    waiting = Upload.objects.get()
    with clamd.running() as settings.CLAMD_URL:
        data = {"kind": "other", "received": str(waiting.pk)}
        address = reverse("filings:document_add", args=[consortium.pk])
        assert as_(lead_owner).post(address, data).status_code == 302
    assert not Upload.objects.exists()


def test_a_scanner_that_stops_listening_has_passed_nothing(lead_owner, consortium, settings):
    with clamd.running(most=100) as settings.CLAMD_URL:
        assert answer(WAYS[0], lead_owner, consortium, pdf_bytes()) == "unscanned"


def test_without_a_scanner_nobody_is_asked(lead_owner, consortium):
    assert answer(WAYS[0], lead_owner, consortium, infected()) == ""


def test_readiness_shows_a_scanner_that_is_away(settings):
    settings.CLAMD_URL = AWAY
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert list(response.json()["failed"]) == ["scanner"]
    with clamd.running() as settings.CLAMD_URL:
        assert Client().get("/readyz").status_code == 200
