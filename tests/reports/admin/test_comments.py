"""Comments on a report: collected while it is judged, by those who may, until they are sent."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from filings.refusals import Refused
from reports.comments import write_comment
from reports.models import PlanMilestone, ReportComment, ReportNote
from reports.parts import ROWS_OF, Rows
from reports.places import place_of
from reports.states import Action, Status
from reports.transitions import perform
from tests.changes import change_in
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


PLACES = [(part, kind) for part, kinds in ROWS_OF.items() for kind in kinds]


def row_of(report, kind: str, lead):
    """A row of each kind; what no report has of itself is made."""
    if kind == Rows.CHANGES:
        day = date(2026, 9, 1)
        change = change_in("reported", report.consortium, user=lead, effective_on=day)
        report.change_explanations.create(change=change)
    return getattr(report, kind).last()


@pytest.mark.parametrize(("part", "kind"), PLACES)
def test_a_comment_on_a_row_begins_beside_it_and_names_it(part, kind, report, reviewer, lead_owner):
    row = row_of(report, kind, lead_owner)
    place = f"{part}.{place_of(row)}"
    desk = as_(reviewer)
    link = f"?tab=comments&about={place}"
    page = desk.get(url("change", report.pk) + link, headers=EN)
    assert f'href="{link}#comments"' in page.text
    assert page.context["comment_form"]["about"].value() == place
    assert f'<option value="{place}" selected>' in page.text
    data = {"about": place, "text": "请说明。"}
    page = desk.get(desk.post(url("comment_add", report.pk), data).url, headers=EN)
    comment = ReportComment.objects.get()
    assert (comment.part, comment.field) == (part, place_of(row))
    # What the officer reads in English may be read in Chinese.
    with translation.override("zh-hans"):
        assert comment.row == str(row)
    assert f"“{comment.row}”" in page.text
    # How many there are stands beside the row.
    assert '</a> <span class="count">1</span>' in page.text
    desk.post(url("note_add", report.pk), data)
    assert ReportNote.objects.get().place == comment.place
    # It may be moved to another place, and is about the row no more.
    desk.post(url("comment_edit", report.pk, comment.pk), {"about": "plan", "text": "请说明。"})
    comment.refresh_from_db()
    assert (comment.part, comment.field, comment.row) == ("plan", "", "")


def test_no_comment_is_about_what_is_no_row_of_the_part(report, reviewer):
    other = report_of(status=Status.SUBMITTED)
    milestone = report.milestones.first()
    places = [
        ("tasks", place_of(other.milestones.first())), ("funds", place_of(other.units.first())),
        ("plan", place_of(milestone)), ("tasks", "milestones-"), ("tasks", "milestones-0"),
        ("tasks", f"milestones-{milestone.pk}-state"), ("tasks", f"milestones-0{milestone.pk}"),
        ("tasks", f"milestone-{milestone.pk}"), ("tasks", f"milestones-{'9' * 40}"),
        ("tasks", "events-1"), ("tasks", "__class__-1"),
    ]  # fmt: skip
    for part, field in places:
        data = {"about": f"{part}.{field}", "text": "请说明。"}
        page = as_(reviewer).post(url("comment_add", report.pk), data)
        assert page.status_code == 422, field
        with pytest.raises(Refused):
            write_comment(report.pk, user=reviewer, part=part, field=field, text="请说明。")
    assert not ReportComment.objects.exists()


def test_a_row_that_is_gone_is_still_named_and_another_place_is_chosen(report, reviewer):
    row = report.plan_milestones.first()
    comment = ask(report, reviewer, part="plan", field=place_of(row))
    row.delete()
    desk = as_(reviewer)
    page = desk.get(url("change", report.pk) + "?tab=comments", headers=EN)
    assert f"Plan for next year · Planned milestone “{row}”" in page.text
    edit = url("comment_edit", report.pk, comment.pk)
    assert " selected" not in desk.get(edit).text.partition("<textarea")[0]
    assert desk.post(edit, {"about": f"plan.{comment.field}", "text": "x"}).status_code == 200
    comment.refresh_from_db()
    assert comment.text != "x"


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_takes_the_same_queries_however_many_rows(
    count, report, reviewer, django_assert_num_queries
):
    plan = [
        PlanMilestone(report=report, title=f"计划{n}", due_on=date(2027, 10, 1))
        for n in range(count)
    ]
    for row in PlanMilestone.objects.bulk_create(plan):
        ask(report, reviewer, part="plan", field=place_of(row))
        report.projects.create(title="试制", unit=report.consortium.lead_unit, stage="running")
    client = as_(reviewer)
    with django_assert_num_queries(29):
        page = client.get(url("change", report.pk) + "?tab=comments")
    assert page.text.count('value="plan.plan_milestones-') == count + 1
    with django_assert_num_queries(14):
        client.get(url("comment_edit", report.pk, report.comments.first().pk))


def test_the_rows_that_the_lead_unit_is_typing_are_not_offered_to_a_note(lead_owner, intake):
    report = report_of(lead_owner, complete=True)
    report.projects.create(title="保密项目", unit=report.consortium.lead_unit, stage="running")
    page = as_(intake).get(url("change", report.pk) + "?tab=comments")
    assert 'id="comment-form"' in page.text
    assert "保密项目" not in page.text
    assert ".milestones-" not in page.text
