"""What the bureau takes out: real numbers and dates, told beforehand, and shared with consent."""

import io
from datetime import datetime

import openpyxl
import pypdfium2
import pytest

from notices.models import Message
from reports.models import SupportRequest
from reports.support.export import headings, shared_headings
from reports.support.kinds import Kind
from reports.support.states import Status
from tests.people import as_
from tests.reports.support.factories import request_of

pytestmark = pytest.mark.django_db

EXPORT = "/admin/reports/supportrequest/export/"
SHEET, PAPER, SHARE = EXPORT + "recommended.xlsx", EXPORT + "recommended.pdf", EXPORT + "share/"
OFFICERS = ["intake", "reviewer", "decider", "auditor", "administrator"]


def rows_of(answer) -> list[dict]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    head, *rows = book.active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_page_says_how_many_rows_before_the_file_is_made(lead_owner, auditor):
    for status in (Status.SUBMITTED, Status.RECOMMENDED, Status.GRANTED):
        request_of(lead_owner, status=status)
    client = as_(auditor)
    assert client.get(EXPORT).context["count"] == 2
    assert client.get(EXPORT, {"status__exact": "granted"}).context["count"] == 1
    assert client.get(EXPORT, {"status__exact": "submitted"}).context["count"] == 0
    assert len(rows_of(client.get(SHEET))) == 2


def test_the_sheet_has_chinese_headings_and_real_numbers_and_dates(lead_owner, reviewer):
    found = request_of(lead_owner, status=Status.GRANTED)
    (row,) = rows_of(as_(reviewer).get(SHEET))
    values = list(row.values())
    assert found.consortium.filing_number in values
    assert datetime(2027, 6, 1) in values  # noqa: DTZ001 - a day of a sheet
    assert {500, 800, 300, 2027, 18} <= {v for v in values if isinstance(v, int | float)}
    assert float(found.priority) in values
    assert list(row) == [heading.text for heading in headings()]


def test_the_paper_lists_the_same(lead_owner, reviewer):
    found = request_of(lead_owner, status=Status.RECOMMENDED)
    answer = as_(reviewer).get(PAPER)
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.content)
    plain = "".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    assert found.title in plain


def test_nonsense_in_the_address_leads_back_to_the_list(reviewer):
    assert as_(reviewer).get(SHEET, {"no_such_field": "1"}).status_code == 302


@pytest.mark.parametrize("cast", OFFICERS)
def test_reviewing_and_deciding_officers_pass_needs_on(cast, lead_owner, request):
    found = request_of(lead_owner, kind=Kind.FINANCING, status=Status.RECOMMENDED)
    client = as_(request.getfixturevalue(cast))
    may = cast in ("reviewer", "decider")
    assert (client.get(EXPORT).context["share_form"] is not None) == may
    answer = client.post(SHARE, {"institution": "示例银行"})
    assert answer.streaming == may
    assert found.events.filter(action="shared").exists() == may
    if may:
        b"".join(answer.streaming_content)


def test_only_what_was_approved_and_consented_to_is_passed_on_and_its_unit_told(
    lead_owner, reviewer
):
    yes = request_of(lead_owner, kind=Kind.FINANCING, status=Status.RECOMMENDED)
    no = request_of(lead_owner, kind=Kind.FINANCING, status=Status.RECOMMENDED)
    SupportRequest.objects.filter(pk=no.pk).update(consent=False)
    request_of(lead_owner, kind=Kind.FINANCING, status=Status.ASSESSED)
    request_of(lead_owner, kind=Kind.FINANCING, status=Status.DECLINED)
    request_of(lead_owner, kind=Kind.TASK, status=Status.RECOMMENDED)
    client = as_(reviewer)
    assert client.get(EXPORT).context["shared"] == 1
    (row,) = rows_of(client.post(SHARE, {"institution": " 示例银行 "}))
    assert yes.consortium.name in row.values()
    assert list(row) == [heading.text for heading in shared_headings()]
    assert 500 in row.values()
    assert not set(row.values()) & {yes.person_name or "—", yes.problem or "—"}
    event = yes.events.get(action="shared")
    assert (event.reason, event.actor) == ("示例银行", reviewer)
    assert Message.objects.filter(recipient=lead_owner, kind="support_shared").count() == 1
    assert not no.events.filter(action="shared").exists()


def test_nothing_is_passed_on_to_nobody(lead_owner, reviewer):
    found = request_of(lead_owner, kind=Kind.FINANCING, status=Status.RECOMMENDED)
    page = as_(reviewer).post(SHARE, {"institution": " "})
    assert page.status_code == 422
    assert not found.events.filter(action="shared").exists()


def test_where_nothing_may_be_passed_on_it_is_said(lead_owner, reviewer):
    page = as_(reviewer).post(SHARE, {"institution": "示例银行"}, follow=True)
    assert list(page.context["messages"])


@pytest.mark.parametrize("rows", [1, 3])
def test_a_sheet_takes_the_same_queries_however_long(
    rows, lead_owner, reviewer, django_assert_num_queries
):
    for _row in range(rows):
        request_of(lead_owner, status=Status.RECOMMENDED)
    client = as_(reviewer)
    with django_assert_num_queries(7):
        assert len(rows_of(client.get(SHEET))) == rows
