"""All reports of a call in one archive: names anybody's system takes, an index, little memory."""

import io
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from filings.models import Consortium
from reports.bundle import INDEX, archive
from reports.models import AnnualReport
from reports.states import Status
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

UTF8 = 0x800


def zip_of(client, call) -> ZipFile:
    answer = client.get(reverse("admin:reports_reportcall_bundle_zip", args=[call.pk]))
    assert answer.streaming
    return ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_it_has_a_paper_of_each_report_that_is_in_and_an_index_of_all(
    lead_owner, lead2_owner, stranger, auditor
):
    came = report_of(lead_owner, status=Status.ACCEPTED)
    waiting = report_of(lead2_owner)
    found = zip_of(as_(auditor), came.call)
    number, name = came.consortium.filing_number, came.consortium.name
    assert found.namelist() == [INDEX, f"{number} {name}.pdf"]
    assert all(info.flag_bits & UTF8 for info in found.infolist())
    assert found.testzip() is None
    assert name in text_of(found.read(f"{number} {name}.pdf")).replace("\r\n", "")
    sheet = openpyxl.load_workbook(io.BytesIO(found.read(INDEX))).active
    rows = {row[0].value: row for row in sheet.rows}
    assert set(rows) >= {number, waiting.consortium.filing_number}
    assert rows[number][-1].value == f"{number} {name}.pdf"
    assert rows[waiting.consortium.filing_number][-1].value is None


def test_the_names_are_fit_for_every_system(lead_owner, auditor):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    Consortium.objects.update(name='甲/乙:丙*"丁"' + "长" * 280)
    [_index, name] = zip_of(as_(auditor), report.call).namelist()
    assert not set('/:*"\\<>|?') & set(name)
    assert len(name.encode()) <= 255
    assert name.endswith(".pdf")


def test_a_paper_is_made_when_its_turn_comes(lead_owner, lead2_owner):
    first = report_of(lead_owner, status=Status.SUBMITTED)
    second = report_of(lead2_owner, status=Status.SUBMITTED)
    pieces = iter(archive(first.call))
    sent = next(pieces)
    while b"%PDF" not in sent:
        sent += next(pieces)
    AnnualReport.objects.filter(pk=second.pk).update(plan="改于发送途中")
    found = ZipFile(io.BytesIO(sent + b"".join(pieces)))
    assert "改于发送途中" in text_of(found.read(found.namelist()[2]))


def test_the_page_tells_how_many_there_are_and_the_trail_who_took_them(
    lead_owner, lead2_owner, auditor
):
    call = report_of(lead_owner, status=Status.SUBMITTED).call
    report_of(lead2_owner)
    client = as_(auditor)
    page = client.get(reverse("admin:reports_reportcall_bundle", args=[call.pk]))
    assert (page.context["count"], page.context["listed"]) == (1, 2)
    zip_of(client, call)
    entry = AuditEntry.objects.filter(operation=AuditEntry.Operation.READ).latest("pk")
    assert (entry.subject, entry.after["papers"]) == ("reports_reportcall", 1)
