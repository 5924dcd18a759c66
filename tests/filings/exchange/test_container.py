"""Hostile workbooks: each is refused with what to do, quickly, and nothing of it is opened."""

import time

import pytest
from openpyxl import Workbook

from filings.models import Member
from tests.factories import ConsortiumFactory, code_of, pdf_bytes
from tests.filings.exchange.workbooks import repacked, saved, send
from tests.people import as_

pytestmark = pytest.mark.django_db

SHEET = "xl/worksheets/sheet1.xml"
HEADERS = ["Unified social credit code", "Name"]


def plain(rows: int = 1) -> bytes:
    book = Workbook()
    book.active.append(HEADERS)
    for number in range(rows):
        book.active.append([code_of(number), "名"])
    return saved(book)


def edited(part: str, old: bytes, new: bytes) -> bytes:
    def change(name, data):
        if name != part:
            return data
        assert old in data
        return data.replace(old, new, 1)

    return repacked(plain(), change)


def same(_name, data):
    return data


def bomb() -> bytes:
    return repacked(plain(), same, **{"xl/media/image1.xml": b"<a>" + b" " * 25_000_000 + b"</a>"})


def many_files() -> bytes:
    return repacked(plain(), same, **{f"xl/extra{n}.xml": b"<a/>" for n in range(300)})


def many_cells() -> bytes:
    rows = "".join(f"<row>{'<c/>' * 100}</row>" for _n in range(700)).encode()
    return edited(SHEET, b"<sheetData>", b"<sheetData>" + rows)


def lying_about_sizes() -> bytes:
    """The directory says that the bomb is small."""
    data = bytearray(bomb())
    size = (25_000_007).to_bytes(4, "little")
    while size in data:
        place = data.index(size)
        data[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def with_doctype(doctype: bytes, encoding: str = "utf-8") -> bytes:
    def change(name, data):
        if name != SHEET:
            return data
        body = data.split(b"?>", 1)[-1].decode()
        text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype.decode()}{body}'
        return text.encode(encoding)

    return repacked(plain(), change)


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
EXTERNAL = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
FAR = b'<row r="99999999999"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

HOSTILE = {
    "nothing": (lambda: b"", "empty"),
    "text": (lambda: b"Unified social credit code,Name\n", "no Excel workbook"),
    "a PDF": (pdf_bytes, "no Excel workbook"),
    "an old or locked workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "old .xls"),
    "a ZIP of something else": (lambda: repacked(plain(), lambda n, d: d if "sheet" in n else None), "no Excel workbook"),
    "half a file": (lambda: plain()[:900], "damaged"),
    "too many bytes": (lambda: plain() + b"0" * 2_100_000, "2 MB"),
    "a bomb": (bomb, "far too much"),
    "a bomb that lies": (lying_about_sizes, "damaged"),
    "too many files": (many_files, "far too much"),
    "too many cells": (many_cells, "far too much"),
    "deep nesting": (lambda: edited(SHEET, b"<sheetData>", b"<a>" * 999 + b"</a>" * 999 + b"<sheetData>"), "far too much"),
    "a row beyond the sheet": (lambda: edited(SHEET, b"</sheetData>", FAR), "far too much"),
    "entities that laugh": (lambda: with_doctype(LAUGHS), "definitions"),
    "entities in another encoding": (lambda: with_doctype(LAUGHS, "utf-16"), "definitions"),
    "a file from outside": (lambda: with_doctype(EXTERNAL), "definitions"),
    "macros": (lambda: repacked(plain(), same, **{"xl/vbaProject.bin": b"x"}), "macros"),
    "a type with macros": (lambda: edited("[Content_Types].xml", TYPE, MACRO_TYPE), "macros"),
    "broken XML": (lambda: edited(SHEET, b"</sheetData>", b"</sheet>"), "damaged"),
    "a number that is none": (lambda: edited(SHEET, b"</sheetData>", b'<row><c t="n"><v>x</v></c></row></sheetData>'), "damaged"),
    "a text that is not there": (lambda: edited(SHEET, b"</sheetData>", b'<row><c t="s"><v>77</v></c></row></sheetData>'), "damaged"),
    "no headers": (lambda: saved(Workbook()), "columns that are needed"),
    "no rows": (lambda: plain(0), "no rows"),
    "too many rows": (lambda: plain(201), "more than 200 rows"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(name, lead_owner):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(lead_unit=unit, created_by=lead_owner)
    client = as_(lead_owner)
    client.cookies["django_language"] = "en"
    make, said = HOSTILE[name]
    data = make()
    start = time.monotonic()
    page = send(client, consortium, "members", data)
    assert time.monotonic() - start < 5
    assert page.status_code == 422
    (message,) = page.context["form"].errors["file"]
    assert said in message
    assert message.replace('"', "&quot;").replace("'", "&#x27;") in page.text
    assert not Member.objects.exists()


def test_a_file_that_claims_to_be_huge_is_read_by_what_it_holds(lead_owner):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(lead_unit=unit, created_by=lead_owner)
    data = edited(SHEET, b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
    client = as_(lead_owner)
    client.cookies["django_language"] = "en"
    places = [
        p.place for p in send(client, consortium, "members", data).context["outcome"].problems
    ]
    assert set(places) == {"Members, row 2"}


def test_links_to_other_workbooks_are_not_followed(lead_owner):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(lead_unit=unit, created_by=lead_owner)
    book = Workbook()
    book.active.append(HEADERS)
    book.active.append([code_of(1), "='http://127.0.0.1:1/[x.xlsx]S'!A1"])
    client = as_(lead_owner)
    client.cookies["django_language"] = "en"
    page = send(client, consortium, "members", book)
    assert "A formula has no value here" in page.text
