"""A call is drafted by one officer, looked at and published by another; then only its due day moves."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from notices.models import Message
from reports.models import AnnualReport, CallPaper, Extension, ReportCall
from tests.factories import pdf_upload
from tests.people import as_
from tests.reports.factories import ReportCallFactory, active_of, call_paper, report_of

pytestmark = pytest.mark.django_db

FORM = {
    "reporting_year": "2026", "plan_year": "2028", "title": "通知", "text": "请按时报送。",
    "opens_on": "2027-06-01", "due_on": "2027-12-31",
}  # fmt: skip


def url(page: str, *args) -> str:
    return reverse(f"admin:reports_reportcall_{page}", args=args)


def test_one_officer_drafts_a_call_and_another_publishes_it(lead_owner, reviewer, decider):
    consortium = active_of(lead_owner)
    client = as_(reviewer)
    client.post(url("add"), FORM)
    call = ReportCall.objects.get()
    assert call.published_at is None
    client.post(url("attach", call.pk), {"files": [pdf_upload("提纲.pdf"), pdf_upload("表.pdf")]})
    assert [paper.original_name for paper in call.papers.all()] == ["提纲.pdf", "表.pdf"]

    page = as_(decider).get(url("publish", call.pk))
    assert list(page.context["owed"]) == [consortium]
    assert "1家创新联合体" in page.context["consequence"]
    assert "提纲.pdf" in page.text
    assert as_(decider).post(url("publish", call.pk)).status_code == 302
    call.refresh_from_db()
    assert call.published_by == decider
    assert AnnualReport.objects.get().consortium == consortium


@pytest.mark.parametrize("cast", ["auditor", "intake", "reviewer", "administrator"])
def test_other_officers_see_a_call_and_do_not_publish_it(cast, request):
    call = ReportCallFactory()
    client = as_(request.getfixturevalue(cast))
    assert client.get(url("change", call.pk)).status_code == 200
    assert client.get(url("owing", call.pk)).status_code == 200
    assert client.post(url("publish", call.pk)).status_code == 404
    assert ReportCall.objects.get().published_at is None


@pytest.mark.parametrize(
    ("opens", "due"),
    [("2027-05-31", "2027-12-31"), ("2027-06-02", "2028-01-01"), ("2027-06-30", "2027-06-29")],
)
def test_a_call_with_impossible_days_is_not_kept(opens, due, reviewer):
    page = as_(reviewer).post(url("add"), FORM | {"opens_on": opens, "due_on": due})
    assert page.status_code == 200
    assert page.context["errors"]
    assert not ReportCall.objects.exists()


def test_a_published_call_is_fixed(reviewer, decider):
    call = ReportCallFactory(published=True)
    paper = call_paper(call)
    client = as_(reviewer)
    assert client.post(url("change", call.pk), FORM | {"title": "x"}).status_code in (403, 404)
    client.post(url("attach", call.pk), {"files": [pdf_upload()]})
    client.post(url("remove_paper", call.pk, paper.pk))
    page = as_(decider).post(url("publish", call.pk))
    assert "已发布该通知" in page.context["refusal"]
    call.refresh_from_db()
    assert call.title != "x"
    assert list(call.papers.all()) == [paper]


def test_an_unfit_paper_is_named_and_nothing_is_kept(reviewer):
    call = ReportCallFactory()
    files = [pdf_upload("好.pdf"), SimpleUploadedFile("坏.pdf", b"<html>")]
    page = as_(reviewer).post(url("attach", call.pk), {"files": files})
    assert "坏.pdf" in page.text
    assert not CallPaper.objects.exists()


def test_a_paper_of_a_draft_is_taken_out_again(reviewer, django_capture_on_commit_callbacks):
    call = ReportCallFactory()
    client = as_(reviewer)
    client.post(url("attach", call.pk), {"files": [pdf_upload("提纲.pdf")]})
    paper = call.papers.get()
    assert url("remove_paper", call.pk, paper.pk) in client.get(url("change", call.pk)).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("remove_paper", call.pk, paper.pk))
    assert not CallPaper.objects.exists()
    assert not paper.file.storage.exists(paper.file.name)


def test_the_due_day_is_moved_with_a_reason_and_the_leads_are_told(lead_owner, decider):
    report = report_of(lead_owner)
    data = {"due_on": "2027-09-30", "reason": "系统升级，统一顺延。"}
    assert as_(decider).post(url("postpone", report.call_id), data).status_code == 302
    assert ReportCall.objects.get().due_on == date(2027, 9, 30)
    assert Message.objects.filter(recipient=lead_owner, kind="report_extended").exists()
    page = as_(decider).get(url("change", report.call_id))
    assert "系统升级" in page.text


@pytest.mark.parametrize("due", ["2027-06-30", "2028-01-01", "soon", ""])
def test_an_earlier_or_too_late_day_comes_back_with_what_was_typed(due, lead_owner, decider):
    report = report_of(lead_owner)
    data = {"due_on": due, "reason": "系统升级。"}
    page = as_(decider).post(url("postpone", report.call_id), data)
    assert page.status_code == 200
    assert "系统升级。" in page.text
    assert not Extension.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many(rows, auditor, django_assert_num_queries):
    for year in range(rows):
        ReportCallFactory(reporting_year=2026 + year)
    client = as_(auditor)
    with django_assert_num_queries(7):
        page = client.get(url("changelist"))
    assert page.context["cl"].result_count == rows


def test_the_list_counts_what_came_in(lead_owner, lead2_owner, auditor):
    report_of(lead_owner, status="submitted")
    report_of(lead2_owner)
    assert "1 / 2" in as_(auditor).get(url("changelist")).text
