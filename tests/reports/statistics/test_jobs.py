"""The yearly statistics report: asked for, made step by step, each step once, taken by officers."""

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AuditEntry
from filings.models import Consortium, Event
from filings.refusals import NotPermitted, Refused
from reports.models import StatisticsReport
from reports.statistics import jobs
from reports.tasks import count_statistics, make_statistics
from tests.people import as_
from tests.reports.statistics.papers import finished

pytestmark = pytest.mark.django_db
LIST = "/admin/reports/statisticsreport/"


def page_of(report) -> str:
    return reverse("admin:reports_statisticsreport_change", args=[report.pk])


def files() -> int:
    return len(default_storage.listdir("statistics")[1])


def asked(client, year) -> StatisticsReport:
    answer = client.post(f"{LIST}request/", {"year": year})
    report = StatisticsReport.objects.latest("pk")
    assert answer["Location"] == page_of(report)
    return report


def test_an_officer_asks_watches_and_takes_both_files(programme, reviewer, auditor):
    client = as_(reviewer)
    assert 'value="2026"' in client.get(LIST).text
    report = asked(client, 2026)
    page = client.get(page_of(report)).text
    assert "data-hx-get" in page
    assert f"{LIST}{report.pk}/paper/" not in page
    make_statistics.apply([report.pk])
    page = as_(auditor).get(page_of(report)).text
    assert "data-hx-get" not in page
    for kind, begins in (("paper", b"%PDF"), ("workbook", b"PK")):
        assert f"{LIST}{report.pk}/{kind}/" in page
        answer = as_(auditor).get(f"{LIST}{report.pk}/{kind}/")
        assert b"".join(answer.streaming_content).startswith(begins)
        assert "attachment" in answer["Content-Disposition"]
        assert answer["X-Content-Type-Options"] == "nosniff"
    read = AuditEntry.objects.filter(subject="reports_statisticsreport", operation="read")
    assert [entry.actor for entry in read] == [auditor, auditor]
    assert StatisticsReport.objects.get().paper_sha256 == read.order_by("pk")[0].after["sha256"]


def test_paper_and_workbook_say_what_was_counted(programme, reviewer):
    report = jobs.make(jobs.request(reviewer, 2026).pk)
    moves = Event.objects.filter(at__year=2026, action="accept").count()
    assert report.figures["moves"]["accept"] == moves
    with report.paper.open() as paper, report.workbook.open() as workbook:
        document = pypdfium2.PdfDocument(paper.read())
        book = load_workbook(BytesIO(workbook.read()))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "2026" in document.get_metadata_dict()["Title"]
    assert len(book.worksheets) == 12
    spent = {entry["field"]: entry for entry in report.figures["sums"]}
    cells = {cell.value for sheet in book for row in sheet.iter_rows(min_row=4) for cell in row}
    for entry in spent.values():
        assert float(entry["funds_used"]) in cells
        assert f"{float(entry['funds_used']):,.2f}" in text.replace("\r\n", "")


def test_a_past_year_counts_those_who_ran_on_its_last_day(programme, reviewer):
    report = jobs.make(jobs.request(reviewer, 2026).pk)
    last = timezone.datetime(2026, 12, 31).date()
    ran = [
        c
        for c in Consortium.objects.exclude(starts_on=None)
        if c.starts_on <= last <= c.ends_on and (c.ended_on is None or c.ended_on > last)
    ]
    assert report.figures["active"] == len(ran) > 0
    begun = [c for c in Consortium.objects.exclude(starts_on=None) if c.starts_on.year == 2026]
    assert report.figures["begun"] == len(begun)
    ended = report.figures["ended"]
    gone = [c for c in Consortium.objects.exclude(ended_on=None) if c.ended_on.year == 2026]
    assert ended["terminated"] + ended["revoked"] == len(gone)
    over = [
        c
        for c in Consortium.objects.filter(status__in=("active", "expired"))
        if (c.ends_on + timedelta(1)).year == 2026
    ]
    assert ended["expired"] == len(over)


def test_asking_twice_gives_the_one_that_is_in_work(programme, reviewer, intake):
    assert asked(as_(reviewer), 2026) == asked(as_(intake), 2026)
    assert StatisticsReport.objects.count() == 1
    other = StatisticsReport(year=2026, requested_by=intake, requested_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_a_task_that_runs_twice_makes_one_report(programme, reviewer):
    report = jobs.request(reviewer, 2026)
    make_statistics.apply([report.pk])
    first = StatisticsReport.objects.values().get()
    make_statistics.apply([report.pk])
    assert StatisticsReport.objects.values().get() == first
    assert files() == 2


def test_of_two_workers_at_once_the_quicker_one_s_file_stays(programme, reviewer):
    report = jobs.request(reviewer, 2026)
    jobs._count(report)
    here, there = (StatisticsReport.objects.get() for _worker in range(2))
    jobs._print(here)
    kept = StatisticsReport.objects.get().paper.name
    jobs._print(there)
    assert StatisticsReport.objects.get().paper.name == kept
    assert files() == 1


def test_what_was_killed_goes_on_with_the_figures_it_had(programme, reviewer, first_of_june):
    report = jobs.request(reviewer, 2026)
    jobs._count(report)
    counted = StatisticsReport.objects.get()
    Event.objects.create(
        consortium=Consortium.objects.first(), action="accept", actor=reviewer,
        at=timezone.now() - timedelta(200), from_status="submitted", to_status="under_review",
    )  # fmt: skip
    first_of_june.shift(timedelta(minutes=11))
    assert jobs.left_behind() == [report.pk]
    done = jobs.make(report.pk)
    assert (done.taken_at, done.figures) == (counted.taken_at, counted.figures)
    assert done.finished_at
    assert jobs.left_behind() == []


def test_every_hour_what_was_left_behind_is_sent_again(programme, reviewer, first_of_june):
    jobs.request(reviewer, 2026)
    first_of_june.shift(timedelta(minutes=11))
    count_statistics.apply(throw=True)
    assert StatisticsReport.objects.get().is_in_work


def test_one_that_failed_says_so_and_another_may_be_asked_for(programme, reviewer):
    report = jobs.request(reviewer, 2026)
    jobs.give_up(report.pk, ValueError("no font"))
    client = as_(reviewer)
    page = client.get(page_of(report)).text
    assert "data-hx-get" not in page
    assert "no font" not in page
    assert asked(client, 2026) != report


def test_there_is_nothing_to_tell_of_a_year_without_filings(programme, reviewer):
    with pytest.raises(Refused):
        jobs.request(reviewer, 1999)
    for year in ("1999", "next", ""):
        answer = as_(reviewer).post(f"{LIST}request/", {"year": year})
        assert answer["Location"] == LIST
    assert not StatisticsReport.objects.exists()


def test_the_auditor_reads_and_does_not_ask(programme, auditor):
    with pytest.raises(NotPermitted):
        jobs.request(auditor, 2026)
    client = as_(auditor)
    assert f"{LIST}request/" not in client.get(LIST).text
    assert client.post(f"{LIST}request/", {"year": 2026}).status_code == 404


def test_who_does_not_work_at_the_bureau_gets_nothing(lead_owner):
    report = finished(lead_owner)
    for end in ("paper/", "workbook/", "change/"):
        assert as_(lead_owner).get(f"{LIST}{report.pk}/{end}").status_code == 404


def test_a_file_that_is_not_there_yet_is_not_found(programme, reviewer):
    report = jobs.request(reviewer, 2026)
    assert as_(reviewer).get(f"{LIST}{report.pk}/paper/").status_code == 404
