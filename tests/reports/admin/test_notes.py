"""Internal notes on a report: written and read at the bureau, and never seen outside it."""

import io
import json

import pypdfium2
import pytest
from django.urls import reverse

from notices.models import Message
from reports.models import ReportComment, ReportNote
from reports.states import Action, Status
from reports.transitions import perform
from tests.people import as_
from tests.reports.factories import ask, report_of

pytestmark = pytest.mark.django_db
SECRET = "机密三七二一"


@pytest.fixture
def report(lead_owner):
    return report_of(lead_owner, status=Status.SUBMITTED)


def url(name: str, *args) -> str:
    return reverse(f"admin:reports_annualreport_{name}", args=args)


def write(client, report, text=SECRET):
    data = {"about": "funds.own_funds", "text": text}
    return client.post(url("note_add", report.pk), data)


def page_of(client, report) -> str:
    return client.get(url("change", report.pk), {"tab": "comments"}).text


@pytest.mark.parametrize("cast", ["intake", "reviewer", "decider", "administrator"])
def test_officers_write_notes_at_any_stage_and_all_of_them_read(
    cast, report, lead2_owner, auditor, request
):
    user = request.getfixturevalue(cast)
    client = as_(user)
    for one in (report, report_of(lead2_owner)):
        assert write(client, one).url == url("change", one.pk) + "?tab=comments#comments"
        assert SECRET in page_of(client, one)
        assert SECRET in page_of(as_(auditor), one)
    note = ReportNote.objects.first()
    assert (note.part, note.field, note.author) == ("funds", "own_funds", user)
    assert not ReportComment.objects.exists()


def test_the_auditor_reads_only(report, auditor):
    client = as_(auditor)
    assert 'id="comment-form"' not in page_of(client, report)
    assert write(client, report).status_code == 404
    assert not ReportNote.objects.exists()


def test_a_note_without_words_comes_back(report, reviewer):
    page = write(as_(reviewer), report, text=" ")
    assert page.status_code == 422
    assert page.context["comment_form"].errors["text"]


def test_only_its_author_deletes_a_note(report, intake, reviewer, lead2_owner):
    write(as_(intake), report)
    note = ReportNote.objects.get()
    other = report_of(lead2_owner, status=Status.SUBMITTED)
    assert as_(reviewer).post(url("note_delete", report.pk, note.pk)).status_code == 404
    assert as_(intake).post(url("note_delete", other.pk, note.pk)).status_code == 404
    assert as_(intake).post(url("note_delete", report.pk, note.pk)).status_code == 302
    assert not ReportNote.objects.exists()


def test_a_note_hinders_no_acceptance(report, reviewer):
    write(as_(reviewer), report)
    perform(report.pk, Action.ACCEPT, actor=reviewer)


def test_the_lead_unit_sees_no_note_anywhere(report, reviewer, lead_owner):
    write(as_(reviewer), report)
    ask(report, reviewer)
    perform(report.pk, Action.RETURN, actor=reviewer)
    client = as_(lead_owner)
    number = report.submissions.last().number
    for address in (
        reverse("reports:mine"),
        reverse("reports:detail", args=[report.pk]),
        reverse("reports:part", args=[report.pk, "funds"]),
        reverse("reports:submission", args=[report.pk, number]),
    ):
        assert SECRET not in client.get(address).text
    printed = client.get(reverse("reports:pdf", args=[report.pk])).content
    paper = pypdfium2.PdfDocument(io.BytesIO(printed))
    assert not any(SECRET in page.get_textpage().get_text_range() for page in paper)
    assert SECRET not in "".join(Message.objects.values_list("body", flat=True))
    assert SECRET not in json.dumps(
        [event.data for event in report.events.all()]
        + [found.content for found in report.submissions.all()],
        ensure_ascii=False,
    )
