"""A comment on a single row of a report: shown at the row to the lead and to the unit that it is about,
answered on one page, read again beside what changed in the row."""

import pytest
from django.urls import reverse

from filings.kept import row_field
from reports.comments import answer_comment, resolve_comment
from reports.models import ReportComment
from reports.places import place_of
from reports.services import save_part
from reports.states import Action
from reports.transitions import perform
from reports.unit_services import save_unit
from tests.people import as_
from tests.reports.factories import ask, fill, signed

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}


def at(comment: ReportComment) -> str:
    return reverse("reports:answer", args=[comment.report_id, comment.pk])


def part_page(report, name: str) -> str:
    return reverse("reports:part", args=[report.pk, name])


@pytest.fixture
def about_rows(part, lead_owner, reviewer):
    """A returned report with a comment on a row of each page, by the kind of row: on the unit of
    `member_user` and its project too."""
    report = part.report
    fill(report)
    project = report.projects.create(title="联合试制", unit=part.unit, stage="running", budget=9)
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    rows = {
        "milestone": ("tasks", report.milestones.last()),
        "plan": ("plan", report.plan_milestones.first()),
        "unit": ("funds", part),
        "project": ("cooperation", project),
        "lead": ("team", report.units.get(member=None)),
        "work": ("cooperation", part),
    }
    asked = {
        name: ask(report, reviewer, part=at, field=place_of(row), text=f"关于{name}。")
        for name, (at, row) in rows.items()
    }
    perform(report.pk, Action.RETURN, actor=reviewer)
    return asked


def unit_page(part) -> str:
    return reverse("reports:unit", args=[part.report_id, part.pk])


def project_page(comment) -> str:
    project = comment.report.projects.get(title="联合试制")
    return reverse("reports:project", args=[comment.report_id, project.pk])


def test_a_comment_on_a_row_stands_at_it_wherever_the_lead_meets_it(about_rows, part, lead_owner):
    client, report = as_(lead_owner), part.report
    tasks = client.get(part_page(report, "tasks"), headers=EN).text
    legend = f"{about_rows['milestone'].row}</legend>"
    assert (
        tasks.index(legend)
        < tasks.index("关于milestone。")
        < tasks.index("</fieldset>", tasks.index(legend))
    )
    assert f"Milestone “{about_rows['milestone'].row}”" in tasks
    plan = client.get(part_page(report, "plan"), headers=EN).text
    assert "Planned milestone “完成中试”" in plan
    at = f"#comment-{about_rows['unit'].pk}"
    for page, found, missing in (
        (part_page(report, "funds"), ["unit"], ["lead", "work", "project"]),
        (part_page(report, "team"), ["lead"], ["unit", "work"]),
        (part_page(report, "cooperation"), ["project", "work"], ["unit", "lead"]),
        (unit_page(part), ["unit", "work", "project"], ["lead", "milestone"]),
        (project_page(about_rows["project"]), ["project"], ["unit", "work", "lead"]),
    ):
        text = client.get(page).text
        assert [text.count(f"关于{name}。") for name in found + missing] == [1] * len(found) + [
            0
        ] * len(missing)
    # In a table it leads to the page that it is answered on; so does the page of the report.
    assert f'href="{unit_page(part)}{at}"' in client.get(part_page(report, "funds")).text
    detail = client.get(reverse("reports:detail", args=[report.pk])).text
    assert f'href="{unit_page(part)}{at}"' in detail
    assert f"{project_page(about_rows['project'])}#comment-{about_rows['project'].pk}" in detail
    assert f"{part_page(report, 'tasks')}#comment-{about_rows['milestone'].pk}" in detail


@pytest.mark.parametrize("name", ["unit", "project", "milestone", "plan"])
def test_a_comment_on_a_row_is_answered_on_the_page_of_the_row(name, about_rows, part, lead_owner):
    comment, client = about_rows[name], as_(lead_owner)
    page = {
        "unit": unit_page(part),
        "project": project_page(comment),
        "milestone": part_page(part.report, "tasks"),
        "plan": part_page(part.report, "plan"),
    }[name]
    assert f'name="c{comment.pk}-text"' in client.get(page).text
    long = "长" * 2001
    refused = client.post(at(comment), {f"c{comment.pk}-text": long})
    assert refused.status_code in (200, 422)
    assert long in refused.text
    answer = client.post(at(comment), {f"c{comment.pk}-text": "已补充。"})
    assert answer.url == f"{page}#comment-{comment.pk}"
    assert "已补充。" in client.get(page).text
    client.post(at(comment), {"resolve": "1"})
    comment.refresh_from_db()
    assert (comment.answer, comment.resolved) == ("已补充。", True)


def test_a_member_reads_what_is_asked_about_it_and_nothing_else(
    about_rows, part, member_user, reviewer, lead_owner
):
    client = as_(member_user)
    answer_comment(about_rows["unit"], user=lead_owner, text="正在核对。")
    for page, found in (
        (unit_page(part), ["unit", "work", "project"]),
        (project_page(about_rows["project"]), ["project"]),
    ):
        text = client.get(page).text
        shown = [name for name in about_rows if f"关于{name}。" in text]
        assert sorted(shown) == sorted(found)
        # The lead unit answers.
        assert "answer-" not in text
        assert part_page(part.report, "funds") not in text
    assert "正在核对。" in client.get(unit_page(part)).text
    for comment in about_rows.values():
        assert client.post(at(comment), {"resolve": "1"}).status_code == 404
        resolve_comment(comment, user=lead_owner)
    perform(part.report_id, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    # Noted by the officer, and not sent yet.
    ask(part.report, reviewer, part="funds", field=place_of(part), text="还没有发出。")
    text = client.get(unit_page(part)).text
    assert "还没有发出。" not in text
    assert "关于" not in text


def test_a_row_that_is_gone_leaves_its_comment_to_be_answered(about_rows, part, lead_owner):
    comment, client = about_rows["project"], as_(lead_owner)
    comment.report.projects.get(title="联合试制").delete()
    page = client.get(part_page(part.report, "cooperation"), headers=EN)
    assert comment in [item["comment"] for item in page.context["comments"]]
    assert "Project “联合试制”" in page.text
    answer = client.post(at(comment), {f"c{comment.pk}-text": "该项目已终止。"})
    assert answer.url == f"{part_page(part.report, 'cooperation')}#comment-{comment.pk}"


def test_what_changed_in_a_row_stands_beside_the_comment_on_it(
    about_rows, part, member_user, lead_owner, reviewer
):
    report = part.report
    part, _found = save_unit(part, user=lead_owner, fields={"work": "补充了试制记录。"})
    signed(part, member_user)
    field = row_field("milestones", int(about_rows["milestone"].field.split("-")[1]), "evidence")
    save_part(report.pk, user=lead_owner, part="tasks", fields={field: "检测报告。"})
    for comment in about_rows.values():
        resolve_comment(comment, user=lead_owner)
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    desk = reverse("admin:reports_annualreport_change", args=[report.pk])
    page = as_(reviewer).get(desk, {"tab": "since"}, headers=EN)
    replies = {reply["part"]: reply for reply in page.context["replies"]}
    [item] = replies["tasks"]["comments"]
    assert [change.after for change in item["changes"]] == ["检测报告。"]
    assert replies["tasks"]["changes"] == []
    beside = {i["comment"]: i["changes"] for i in replies["cooperation"]["comments"]}
    assert "补充了试制记录。" in [change.after for change in beside[about_rows["work"]]]
    assert beside[about_rows["project"]] == []
    assert f"Milestone “{about_rows['milestone'].row}”" in page.text


@pytest.mark.parametrize("count", [1, 12])
def test_a_unit_page_takes_the_same_queries_however_many_comments(
    count, about_rows, part, lead_owner, django_assert_num_queries
):
    last = part.report.submissions.last()
    for number in range(count):
        project = part.report.projects.create(
            title=f"项目{number}", unit=part.unit, stage="running"
        )
        part.report.comments.create(
            part="cooperation", field=place_of(project), row=str(project), text="x",
            author=lead_owner, submission=last, sent_at=part.report.created_at,
        )  # fmt: skip
    client = as_(lead_owner)
    with django_assert_num_queries(20):
        client.get(unit_page(part))
    with django_assert_num_queries(24):
        client.get(part_page(part.report, "cooperation"))
