"""Uploads as they come from anywhere: what is taken, what is refused, and with which words."""

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from filings.documents import FAULTS, MAX_PAGES, clean_name, inspect
from filings.models import Consortium, Upload
from tests.factories import ConsortiumFactory, pdf_bytes, pdf_upload
from tests.filings.hostile import HOSTILE, WAYS, begun, changed, in_one_form, in_pieces, written
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    """A complete draft."""
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


def stored(settings) -> list[Path]:
    folders = (settings.MEDIA_ROOT, settings.UPLOAD_DIR)
    return sorted(f for folder in folders for f in Path(folder).rglob("*") if f.is_file())


@pytest.mark.parametrize("send", WAYS)
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_words_and_nothing_is_stored(
    what, send, consortium, lead_owner, settings
):
    before, count = stored(settings), consortium.documents.count()
    build, code = HOSTILE[what]
    page = send(as_(lead_owner), consortium.pk, build())
    assert page.status_code == 422
    errors = page.context["form"].errors
    assert errors.keys() == {"upload"}
    said = FAULTS[code] % {"pages": MAX_PAGES, "mb": settings.UPLOAD_MAX_MB}
    assert errors["upload"] == [str(said)]
    assert page.context["form"]["received"].value() == ""
    assert "协议.pdf" not in page.text
    assert consortium.documents.count() == count
    assert stored(settings) == before
    assert not Upload.objects.exists()


@pytest.mark.parametrize("send", WAYS)
def test_one_byte_more_than_the_most_is_refused(send, consortium, lead_owner, settings):
    settings.UPLOAD_MAX_MB = 1
    before = stored(settings)
    data = pdf_bytes() + b"0" * 1024**2
    client = as_(lead_owner)
    if send is in_pieces:
        assert begun(client, consortium.pk, len(data)).status_code == 413
    else:
        page = send(client, consortium.pk, data)
        assert "1 MB" in page.context["form"].errors["upload"][0]
    assert stored(settings) == before


NAMES = [
    ("协议.pdf", "协议.pdf"),
    ("协议.PDF", "协议.pdf"),
    ("协议", "协议.pdf"),
    ("协议.pdf.exe", "协议.pdf"),
    ("协议.pdf.pdf", "协议.pdf"),
    ("协议.exe.pdf", "协议.exe.pdf"),
    ("../../etc/passwd", "passwd.pdf"),
    ("C:\\用户\\协议.pdf", "协议.pdf"),
    ("协\r\n议\x00.pdf", "协议.pdf"),
    ("a\u202efdp.exe", "afdp.pdf"),
    ("<b>协议</b>&.pdf", "b>&.pdf"),
    ("𠮷🚀.pdf", "𠮷🚀.pdf"),
    ("", "document.pdf"),
    (".pdf", "document.pdf"),
    ("\n", "document.pdf"),
]


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_a_name_is_made_fit_to_be_shown(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_a_file_is_stored_under_a_name_of_ours_and_shown_under_its_own(
    given, kept, consortium, lead_owner, settings
):
    assert in_pieces(as_(lead_owner), consortium.pk, pdf_bytes(), given).status_code == 302
    document = consortium.documents.latest("pk")
    assert document.original_name == kept
    path = Path(document.file.path)
    assert path.parent == Path(settings.MEDIA_ROOT) / "documents"
    assert len(path.name) == len("0" * 32 + ".pdf")
    assert path.read_bytes() == pdf_bytes()


@pytest.mark.parametrize("letter", ["a", "字", "𠮷"])
def test_a_long_name_is_cut_between_letters(letter):
    name = clean_name(letter * 300 + ".pdf")
    assert len(name.encode()) <= 204
    assert set(name.removesuffix(".pdf")) == {letter}


@pytest.mark.parametrize("declared", ["text/html", "image/svg+xml", "application/x-msdownload", ""])
def test_the_declared_type_decides_nothing(declared, consortium, lead_owner):
    upload = SimpleUploadedFile("a.html", pdf_bytes(), content_type=declared)
    page = in_one_form(as_(lead_owner), consortium.pk, b"", upload=upload)
    assert page.status_code == 302
    assert consortium.documents.latest("pk").original_name == "a.pdf"


def test_what_was_found_is_what_was_sent():
    found = inspect(pdf_upload("协议.pdf"))
    assert (found.name, found.pages, found.size) == ("协议.pdf", 1, len(pdf_bytes()))
    assert found.sha256 == hashlib.sha256(pdf_bytes()).hexdigest()


def test_the_most_pages_are_taken_and_one_more_is_not():
    assert inspect(SimpleUploadedFile("a.pdf", pdf_bytes(MAX_PAGES))).pages == MAX_PAGES
    with pytest.raises(ValidationError) as refused:
        inspect(SimpleUploadedFile("a.pdf", pdf_bytes(MAX_PAGES + 1)))
    assert refused.value.code == "pages"


def test_a_document_written_by_hand_is_as_good_as_any():
    plain = written(b"<</S/GoTo/D[3 0 R/Fit]>>")
    assert inspect(SimpleUploadedFile("a.pdf", plain)).pages == 1


def test_a_link_in_a_document_is_no_active_content():
    def linked(pdf):
        action = {"/S": "/URI", "/URI": "https://example.com/"}
        note = {"/Subtype": "/Link", "/A": action}
        pdf.Root.Note = pdf.make_indirect(note)

    assert inspect(SimpleUploadedFile("a.pdf", changed(linked))).pages == 1
