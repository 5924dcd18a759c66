"""The notice is public with its attachments; a draft is for the bureau alone."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from reports.extensions import postpone
from tests.people import as_
from tests.reports.factories import ReportCallFactory, call_paper, report_of

pytestmark = pytest.mark.django_db


def at(call, *args) -> str:
    return reverse("reports:call_paper" if args else "reports:call", args=[call.pk, *args])


def test_anybody_reads_a_published_notice_and_its_papers():
    call = ReportCallFactory(published=True, text="请各牵头单位报送。\n逾期通报。")
    paper = call_paper(call)
    client = Client()
    assert call.title in client.get(reverse("reports:calls")).text
    page = client.get(at(call)).text
    assert "逾期通报" in page
    assert '<meta name="description" content="请各牵头单位报送。' in page
    assert at(call, paper.pk) in page
    answer = client.get(at(call, paper.pk))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("cast", ["lead_owner", "stranger"])
def test_a_draft_and_its_papers_are_nobodys_business(cast, request):
    call = ReportCallFactory()
    paper = call_paper(call)
    for client in (Client(), as_(request.getfixturevalue(cast))):
        assert call.title not in client.get(reverse("reports:calls")).text
        assert client.get(at(call)).status_code == 404
        assert client.get(at(call, paper.pk)).status_code == 404


def test_an_officer_reads_a_draft_as_the_public_will(auditor):
    call = ReportCallFactory()
    page = as_(auditor).get(at(call))
    assert "草稿" in page.text


def test_a_paper_belongs_to_its_notice():
    call, other = ReportCallFactory(published=True), ReportCallFactory(reporting_year=2027)
    assert Client().get(at(call, call_paper(other).pk)).status_code == 404


def test_a_due_day_that_was_moved_is_shown_with_its_reason(lead_owner, decider):
    report = report_of(lead_owner)
    postpone(report.call_id, actor=decider, due_on=date(2027, 9, 30), reason="系统升级。")
    page = Client().get(at(report.call)).text
    assert "系统升级。" in page
    assert "2027" in page


def test_a_lead_finds_its_own_reports_on_the_notice_and_nobody_elses(lead_owner, lead2_owner):
    mine, other = report_of(lead_owner), report_of(lead2_owner)
    page = as_(lead_owner).get(at(mine.call)).text
    assert f"/reports/{mine.pk}/" in page
    assert f"/reports/{other.pk}/" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many(rows, django_assert_num_queries):
    for year in range(rows):
        ReportCallFactory(reporting_year=2026 - year, published=False)
        call = ReportCallFactory(reporting_year=2026 - year)
        type(call).objects.filter(pk=call.pk).update(published_at="2027-05-01T09:00:00+08:00")
    with django_assert_num_queries(2):
        page = Client().get(reverse("reports:calls"))
    assert len(page.context["page_obj"]) == rows
