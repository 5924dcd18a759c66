"""Comments on a report: collected while it is judged, by those who may, until they are sent."""

import pytest
from django.urls import reverse

from reports.models import ReportComment
from reports.states import Action, Status
from reports.transitions import perform
from tests.people import as_
from tests.reports.factories import ask, report_of

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}


@pytest.fixture
def report(lead_owner):
    return report_of(lead_owner, status=Status.SUBMITTED)


def url(name: str, *args: int) -> str:
    return reverse(f"admin:reports_annualreport_{name}", args=args)


def test_a_comment_is_written_changed_and_deleted_before_it_is_sent(report, reviewer):
    desk = as_(reviewer)
    data = {"about": "funds.own_funds", "text": " 请核对自筹资金。 "}
    answer = desk.post(url("comment_add", report.pk), data)
    assert answer.url == url("change", report.pk) + "?tab=comments#comments"
    comment = ReportComment.objects.get()
    assert (comment.part, comment.field, comment.text, comment.author) == (
        "funds", "own_funds", "请核对自筹资金。", reviewer,
    )  # fmt: skip
    assert comment.submission == report.submissions.get()
    page = desk.get(answer.url, headers=EN)
    assert "Own funds" in page.text
    assert "not sent yet" in page.text

    edit = url("comment_edit", report.pk, comment.pk)
    assert desk.get(edit).context["form"]["about"].value() == "funds.own_funds"
    desk.post(edit, {"about": "plan", "text": "请细化。"})
    comment.refresh_from_db()
    assert (comment.part, comment.field, comment.text) == ("plan", "", "请细化。")

    delete = url("comment_delete", report.pk, comment.pk)
    assert "请细化。" in desk.get(delete).text
    desk.post(delete)
    assert not ReportComment.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "}, {"text": "长" * 2001}, {"about": ""}, {"about": "lead"},
        {"about": "plan.own_funds"}, {"about": "plan.version"},
    ],
)  # fmt: skip
def test_a_comment_that_says_nothing_or_names_no_place_comes_back(wrong, report, reviewer):
    data = {"about": "plan", "text": "请细化。"} | wrong
    page = as_(reviewer).post(url("comment_add", report.pk), data)
    assert page.status_code == 422
    assert page.context["comment_form"].errors
    assert page.context["comment_form"]["text"].value() == data["text"]
    assert not ReportComment.objects.exists()


@pytest.mark.parametrize("cast", ["intake", "decider", "administrator", "auditor"])
def test_others_than_the_reviewing_officer_write_none(cast, report, request):
    client = as_(request.getfixturevalue(cast))
    data = {"about": "plan", "text": "请细化。"}
    assert client.post(url("comment_add", report.pk), data).status_code == 404
    assert not ReportComment.objects.exists()
    page = client.get(url("change", report.pk) + "?tab=comments").text
    assert url("comment_add", report.pk) not in page


@pytest.mark.parametrize("cast", ["auditor", "administrator"])
def test_who_reads_only_changes_no_comment(cast, report, reviewer, request):
    comment = ask(report, reviewer)
    client = as_(request.getfixturevalue(cast))
    for name in ("comment_edit", "comment_delete"):
        address = url(name, report.pk, comment.pk)
        assert client.get(address).status_code == 404
        assert client.post(address, {"about": "plan", "text": "x"}).status_code == 404
    page = client.get(url("change", report.pk) + "?tab=comments").text
    assert comment.text in page
    assert url("comment_edit", report.pk, comment.pk) not in page


def test_what_was_sent_stays(report, reviewer):
    comment = ask(report, reviewer)
    perform(report.pk, Action.RETURN, actor=reviewer)
    desk = as_(reviewer)
    for name in ("comment_edit", "comment_delete"):
        assert desk.post(url(name, report.pk, comment.pk), {"text": "x"}).status_code == 404
    assert (
        desk.post(url("comment_add", report.pk), {"about": "plan", "text": "x"}).status_code == 404
    )
    assert ReportComment.objects.get().text == comment.text


def test_a_comment_is_found_only_at_its_own_report(report, reviewer):
    comment = ask(report, reviewer)
    other = report_of(status=Status.SUBMITTED)
    assert as_(reviewer).get(url("comment_edit", other.pk, comment.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_takes_the_same_queries_however_many_comments(
    count, report, reviewer, django_assert_num_queries
):
    for _comment in range(count):
        ask(report, reviewer, field="own_funds")
    client = as_(reviewer)
    with django_assert_num_queries(29):
        page = client.get(url("change", report.pk))
    assert len(page.context["comments"]) == count
