"""What the bureau takes out of the list: a sheet that Excel reads as numbers and days, and a paper."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest
from openpyxl.utils.escape import unescape

from filings.models import Consortium
from filings.spreadsheet import Heading, stream
from reviews import export, sharing
from tests.factories import FILED_ON, ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

LIST = "/admin/filings/consortium/"
SHEET, PAPER = f"{LIST}export/filings.xlsx", f"{LIST}export/register.pdf"


def read(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def sheet(client, query: str = ""):
    answer = client.get(SHEET + query)
    assert answer.status_code == 200
    assert answer.streaming
    return read(b"".join(answer.streaming_content))


def test_the_page_tells_how_many_rows_there_are(auditor):
    for _n in range(2):
        ConsortiumFactory(submitted=True)
    ConsortiumFactory(active=True)
    page = as_(auditor).get(f"{LIST}export/?state=submitted")
    assert (page.context["count"], page.context["filed"]) == (2, 0)
    assert f"{SHEET}?state=submitted" in page.text
    assert PAPER not in page.text
    assert as_(auditor).get(f"{LIST}export/").context["filed"] == 1


def test_the_sheet_has_chinese_heads_and_real_values(intake):
    filing = ConsortiumFactory(active=True, on=FILED_ON, lead_revenue=Decimal("186400.50"))
    rows = [[cell.value for cell in row] for row in sheet(as_(intake), "?queue=all").rows]
    assert rows[0] == [heading.text for heading in export.headings()]
    assert {"备案编号", "牵头单位", "重点领域"} <= set(rows[0])
    row = dict(zip(rows[0], rows[1], strict=True))
    values = list(row.values())
    assert values[0] == filing.filing_number
    assert datetime.combine(FILED_ON, datetime.min.time()) in values
    assert 186400.5 in values
    assert filing.lead_unit.uscc in values


def test_the_sheet_is_what_was_filtered_in_the_order_of_the_list(intake):
    first = ConsortiumFactory(submitted=True, on=date(2026, 3, 2), name="甲联合体")
    second = ConsortiumFactory(submitted=True, name="乙联合体")
    ConsortiumFactory(active=True)
    sharing.claim(first.pk, user=intake)
    rows = list(sheet(as_(intake), "?state=submitted").values)
    assert [row[1] for row in rows[1:]] == [first.name, second.name]
    assert str(intake) in rows[1]
    assert rows[1][10] < 0 < rows[2][10]  # working days left
    assert [row[1] for row in list(sheet(as_(intake), "?q=乙联").values)[1:]] == [second.name]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "\t=1",
        "_x003D_1",
        "<b>&\"'",
        "甲\x00乙\x0b",
    ],
)
def test_nothing_in_a_cell_becomes_a_formula(name):
    content = b"".join(stream("表", [Heading("名")], [[name]]))
    cell = read(content)["A2"]
    assert cell.data_type == "s"
    assert unescape(cell.value) == "".join(c for c in name if c not in "\x00\x0b")
    assert cell.quotePrefix


def test_values_keep_their_kind():
    row = ["文", 12, Decimal("3.50"), date(2026, 11, 24), None, ""]
    content = b"".join(stream("a/b:c?", [Heading(str(n)) for n in range(6)], [row]))
    cells = read(content)[2]
    assert [c.value for c in cells] == ["文", 12, 3.5, datetime(2026, 11, 24), None, None]  # noqa: DTZ001
    assert cells[3].is_date


def test_the_sheet_begins_before_its_last_row_is_read():
    given = []

    def rows():
        for n in range(5_000):
            given.append(n)
            yield [f"行{n}", n]

    pieces = stream("表", [Heading("甲"), Heading("乙")], rows())
    first = next(pieces)
    assert len(given) < 1_000
    content = first + b"".join(pieces)
    assert read(content).max_row == 5_001
    assert max(len(first), 1) < len(content)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_asks_a_constant_number_of_questions(rows, intake, django_assert_num_queries):
    for _n in range(rows):
        ConsortiumFactory(submitted=True)
    client = as_(intake)
    with django_assert_num_queries(10):
        assert sheet(client, "?queue=all").max_row == rows + 1


def test_the_paper_lists_what_is_filed(intake):
    filing = ConsortiumFactory(active=True, on=FILED_ON)
    ConsortiumFactory(submitted=True, name="未备案的联合体")
    answer = as_(intake).get(f"{PAPER}?queue=all")
    assert answer["Content-Type"] == "application/pdf"
    page = pypdfium2.PdfDocument(answer.content)[0]
    text = "".join(page.get_textpage().get_text_range().split())
    for shown in (filing.filing_number, filing.name, filing.lead_unit.name, "2026-03-02"):
        assert shown in text
    assert "未备案的联合体" not in text
    assert page.get_width() > page.get_height()


def test_the_paper_stops_where_nobody_reads_on(intake, monkeypatch):
    monkeypatch.setattr("reviews.export.MOST_PRINTED", 1)
    first, second = ConsortiumFactory(active=True), ConsortiumFactory(active=True)
    page = as_(intake).get(f"{LIST}export/?queue=all")
    assert (page.context["filed"], page.context["printed"]) == (2, 1)
    content = as_(intake).get(f"{PAPER}?queue=all").content
    text = "".join(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range().split())
    assert first.filing_number in text
    assert second.filing_number not in text


@pytest.mark.parametrize("page", [f"{LIST}export/", SHEET, PAPER])
def test_exports_are_read_by_officers_alone_and_never_posted(page, auditor, lead_owner):
    assert as_(auditor).post(page).status_code == 405
    assert as_(lead_owner).get(page).status_code == 404
    assert Consortium.objects.count() == 0


def test_nonsense_in_the_address_leads_back_to_the_list(intake):
    assert as_(intake).get(f"{LIST}export/?status__nonsense=1").status_code in (302, 400)
