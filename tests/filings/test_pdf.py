"""Sheets as PDF: nothing from outside, every font inside, marked as demonstration where it is."""

import io

import pikepdf
import pypdfium2
import pytest
from django.template import engines
from django.test import override_settings
from django.utils import translation
from django.utils.translation import gettext

from filings import pdf

SHEET = """{% extends "sheets/base.html" %}{% block title %}标题{% endblock %}
{% block content %}<h1>标题</h1><p>{{ text }}</p>{{ more|safe }}{% endblock %}"""


@pytest.fixture
def sheet(tmp_path, settings):
    """Renders a small sheet from a template folder of its own."""
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets/small.html").write_text(SHEET)
    settings.TEMPLATES = [
        settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]
    engines.__dict__.pop("templates", None)
    return lambda **context: pdf.render("sheets/small.html", context)


def text_of(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def fonts_of(data: bytes) -> list:
    """The font dictionaries of a PDF, those inside composite fonts included."""
    with pikepdf.open(io.BytesIO(data)) as document:
        fonts = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        descriptors = [o for o in fonts if o.get("/Type") == "/FontDescriptor"]
        return [
            (str(o.FontName), any(key.startswith("/FontFile") for key in o.keys()))  # noqa: SIM118
            for o in descriptors
        ]


def test_characters_come_back_as_they_were(sheet):
    """Rare ones too: 𠮷 lies outside the basic plane, 喆 and 㛃 in names of people."""
    (text,) = text_of(sheet(text="𠮷示例、喆、㛃、镕，2026年3月1日〔2026〕"))
    for character in "𠮷喆㛃镕〔〕":
        assert character in text


def test_every_font_is_embedded(sheet):
    fonts = fonts_of(sheet(text="𠮷示例 plain text"))
    assert fonts
    assert all(embedded for _name, embedded in fonts)


def test_it_is_tagged_named_and_says_its_language(sheet):
    with pikepdf.open(io.BytesIO(sheet(text="正文"))) as document:
        assert document.Root.Lang == "zh-CN"
        assert document.Root.MarkInfo.Marked
        assert document.docinfo["/Title"] == "标题"
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_demonstration_material_is_marked_on_every_page(sheet, settings):
    pages = '<p class="next">二</p>' * 80
    with translation.override("zh-hans"):
        mark = gettext("Demonstration material, without effect")
    with override_settings(DEMO=False):
        assert not any(mark in page for page in text_of(sheet(text="一", more=pages)))
    with override_settings(DEMO=True), translation.override("en"):
        marked = text_of(sheet(text="一", more=pages))
    assert len(marked) > 1
    assert all(mark in page for page in marked)


@pytest.mark.parametrize(
    "address",
    ["https://example.com/x.png", "http://127.0.0.1:1/x.png", "file:///etc/passwd",
     "static:sheets/none.css", "static:../manage.py"],
)  # fmt: skip
def test_nothing_is_fetched_from_elsewhere(sheet, address):
    with pytest.raises(ValueError, match="our own static files"):
        sheet(text="一", more=f'<img src="{address}" alt="x">')


def test_what_people_wrote_is_text_and_no_markup(sheet):
    (text,) = text_of(sheet(text="<b>示例</b> & <script>"))
    assert "<b>示例</b> & <script>" in text
