"""Names of uploads, which come from anywhere and go back to a browser and into archives."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from filings.documents import MAX_PAGES, clean_name, inspect
from tests.factories import pdf_bytes, pdf_upload


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("协议.pdf", "协议.pdf"),
        ("协议.PDF", "协议.pdf"),
        ("协议", "协议.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\用户\\协议.pdf", "协议.pdf"),
        ("协\r\n议\x00.pdf", "协议.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("𠮷🚀.pdf", "𠮷🚀.pdf"),
        ("", "document.pdf"),
        ("\n", "document.pdf"),
    ],
)
def test_a_name_is_made_fit_to_be_shown(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize("letter", ["a", "字", "𠮷"])
def test_a_long_name_is_cut_between_letters(letter):
    name = clean_name(letter * 300 + ".pdf")
    assert len(name.encode()) <= 204
    assert set(name.removesuffix(".pdf")) == {letter}


def test_what_was_found_is_what_was_sent():
    found = inspect(pdf_upload("协议.pdf"))
    assert (found.name, found.pages, found.size) == ("协议.pdf", 1, len(pdf_bytes()))
    assert found.sha256 == hashlib.sha256(pdf_bytes()).hexdigest()


def test_the_most_pages_are_taken_and_one_more_is_not():
    assert inspect(SimpleUploadedFile("a.pdf", pdf_bytes(MAX_PAGES))).pages == MAX_PAGES
    with pytest.raises(ValidationError) as refused:
        inspect(SimpleUploadedFile("a.pdf", pdf_bytes(MAX_PAGES + 1)))
    assert refused.value.code == "pages"
