"""The papers of a report: judged, at their part, read by few, frozen with what is handed in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from filings.refusals import NotPermitted
from filings.snapshot import digest
from reports import documents
from reports.documents import remove_document
from reports.models import AnnualReport, ReportDocument
from reports.states import Action, Status
from reports.transitions import perform
from tests.factories import pdf_upload
from tests.people import as_
from tests.reports.factories import answer_all, ask, paper_of, report_of

pytestmark = pytest.mark.django_db

EN = {"Accept-Language": "en"}


def url(name: str, report, *args) -> str:
    return reverse(f"reports:{name}", args=[report.pk, *args])


def submitted(report, user):
    perform(report.pk, Action.SUBMIT, actor=user, signed_name="甲示例")
    return report.submissions.last()


def test_a_paper_is_attached_to_a_part_listed_there_and_taken_out(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    answer = client.post(url("document_add", report, "talent"), {"upload": pdf_upload("名单.pdf")})
    assert answer.url == url("part", report, "talent")
    paper = ReportDocument.objects.get()
    assert (paper.report, paper.part, paper.uploaded_by) == (report, "talent", lead_owner)
    assert "名单.pdf" in client.get(url("part", report, "talent")).text
    assert "名单.pdf" not in client.get(url("part", report, "plan")).text
    client.post(url("document_remove", report, paper.pk))
    paper.refresh_from_db()
    assert paper.replaced_at is not None
    assert "名单.pdf" not in client.get(url("part", report, "talent")).text
    page = client.post(url("document_remove", report, paper.pk), follow=True, headers=EN)
    assert "has just replaced or removed" in page.text


def test_what_is_no_pdf_comes_back_with_the_reason(lead_owner):
    report = report_of(lead_owner)
    bad = SimpleUploadedFile("a.pdf", b"no pdf at all")
    page = as_(lead_owner).post(url("document_add", report, "plan"), {"upload": bad}, headers=EN)
    assert page.status_code == 422
    assert "This is not a PDF file" in page.text
    assert not ReportDocument.objects.exists()


def test_a_part_that_does_not_exist_takes_no_paper(lead_owner):
    report = report_of(lead_owner)
    answer = as_(lead_owner).post(url("document_add", report, "no"), {"upload": pdf_upload()})
    assert answer.status_code == 404


def test_a_part_takes_so_many_papers_and_no_more(lead_owner, monkeypatch):
    monkeypatch.setattr(documents, "MOST", 1)
    report = report_of(lead_owner)
    paper_of(report, lead_owner)
    page = as_(lead_owner).post(url("document_add", report, "plan"), {"upload": pdf_upload()})
    assert page.status_code == 422
    assert ReportDocument.objects.count() == 1
    paper_of(report, lead_owner, part="tasks")


def test_nobody_signs_papers_that_the_page_did_not_show(lead_owner):
    report = report_of(lead_owner, complete=True)
    paper_of(report, lead_owner)
    data = {"truth": "1", "signed_name": "甲示例", "version": report.version}
    as_(lead_owner).post(url("submit", report), data)
    assert AnnualReport.objects.get().status == Status.DRAFT


def test_opening_a_paper_leaves_a_trace_and_is_for_those_who_read_the_report(
    lead_owner, auditor, member_user
):
    report = report_of(lead_owner, complete=True)
    paper = paper_of(report, lead_owner)
    place = url("document", report, paper.pk)
    answer = as_(lead_owner).get(place)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    entry = AuditEntry.objects.get(operation="read", subject="reports_reportdocument")
    assert entry.subject_id == str(paper.pk)
    assert {as_(user).get(place).status_code for user in (auditor, member_user)} == {404}
    submitted(report, lead_owner)
    b"".join(as_(auditor).get(place).streaming_content)
    assert as_(member_user).get(place).status_code == 404
    perform(report.pk, Action.WITHDRAW, actor=lead_owner)
    remove_document(paper, user=lead_owner)
    assert as_(auditor).get(place).status_code == 404
    b"".join(as_(lead_owner).get(place).streaming_content)


def test_what_lies_with_the_bureau_keeps_its_papers(lead_owner):
    report = report_of(lead_owner, complete=True)
    paper = paper_of(report, lead_owner)
    submitted(report, lead_owner)
    client = as_(lead_owner)
    add, remove = url("document_add", report, "plan"), url("document_remove", report, paper.pk)
    assert client.post(add, {"upload": pdf_upload()}).status_code == 404
    assert client.post(remove).status_code == 404
    with pytest.raises(NotPermitted):
        remove_document(paper, user=lead_owner)
    with pytest.raises(NotPermitted):
        paper_of(report, lead_owner)
    assert report.documents.kept().get() == paper


def test_a_submission_freezes_its_papers_and_the_next_says_what_changed(lead_owner, reviewer):
    report = report_of(lead_owner, complete=True)
    paper = paper_of(report, lead_owner, name="旧.pdf")
    first = submitted(report, lead_owner)
    kept = {
        "id": paper.pk, "name": "旧.pdf", "unit": "", "pages": paper.pages, "sha256": paper.sha256,
    }  # fmt: skip
    assert first.content["plan"]["documents"] == [kept]
    assert first.digest == digest(first.content)
    ask(report, reviewer, part="plan", text="请更换附件。")
    perform(report.pk, Action.RETURN, actor=reviewer)
    answer_all(report)
    remove_document(paper, user=lead_owner)
    paper_of(report, lead_owner, name="新.pdf")
    second = submitted(report, lead_owner)
    page = as_(lead_owner).get(url("submission", report, second.number))
    assert [(d.section, d.before, d.after) for d in page.context["changed"]] == [
        ("plan", "", "新.pdf"), ("plan", "旧.pdf", ""),
    ]  # fmt: skip
    first.refresh_from_db()
    assert first.documents == [kept]


def test_the_bureau_finds_the_papers_on_its_page(lead_owner, reviewer):
    report = report_of(lead_owner, complete=True)
    paper = paper_of(report, lead_owner, name="验收.pdf")
    submitted(report, lead_owner)
    page = as_(reviewer).get(reverse("admin:reports_annualreport_change", args=[report.pk])).text
    assert "验收.pdf" in page
    assert url("document", report, paper.pk) in page
    assert url("document_remove", report, paper.pk) not in page
