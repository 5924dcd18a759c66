"""The pages of the seven parts: saved as far as they go, merged with what others saved, in few
queries."""

import json
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from filings.kept import row_field
from filings.models import Change
from filings.refusals import NotPermitted, Refused
from reports.models import AnnualReport, ChangeExplanation, MilestoneProgress, PlanMilestone
from reports.parts import Part
from reports.services import save_part
from reports.states import Action, Status
from reports.transitions import perform
from tests.changes import reported
from tests.people import as_
from tests.reports.factories import report_of
from tests.sent import untouched

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
EN = {"Accept-Language": "en"}


def url(name: str, report, *args) -> str:
    return reverse(f"reports:{name}", args=[report.pk, *args])


def posted(client, report, part: str) -> dict:
    """What a browser would send back from the page of a part, untouched."""
    form = client.get(url("part", report, part)).context["form"]
    return untouched(form, *filter(None, [getattr(form, "rows", None)]))


def state_of(row) -> str:
    return row_field("milestones", row.pk, "state")


@pytest.mark.parametrize("part", Part.values)
def test_every_part_saves_incomplete(part, lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    assert "Prefilled" in client.get(url("part", report, part), headers=EN).text
    answer = client.post(url("part", report, part), posted(client, report, part))
    assert answer.status_code == 302
    assert answer.url == url("part", report, part)
    report.refresh_from_db()
    assert report.saved_parts == [part]
    assert report.saved_by == lead_owner
    assert report.status == Status.DRAFT


@pytest.mark.parametrize(
    ("part", "following"), list(zip(Part.values, Part.values[1:], strict=False))
)
def test_save_and_continue_leads_to_the_next_part(part, following, lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, part) | {"next": "1"}
    assert client.post(url("part", report, part), data).url == url("part", report, following)


def test_after_the_last_part_comes_the_whole(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "plan") | {"next": "1", "plan": "继续攻关。"}
    assert client.post(url("part", report, "plan"), data).url == url("detail", report)
    assert AnnualReport.objects.get().plan == "继续攻关。"


@pytest.mark.parametrize("bad", ["-1", "10000000000000000", "about 5", "1.005"])
def test_a_figure_that_cannot_be_stays_typed_and_unsaved(bad, lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "plan") | {"plan": "计划", "plan_funds": bad}
    page = client.post(url("part", report, "plan"), data)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"plan_funds"}
    assert f'value="{bad}"' in page.content.decode()
    assert "计划" in page.content.decode()
    assert AnnualReport.objects.get().plan == ""
    # A page that saves itself does not hold up the rest for it.
    told = client.post(url("part", report, "plan"), data | {"autosave": "1"}, headers=HTMX)
    assert 'class="saved-problem"' in told.text
    report.refresh_from_db()
    assert (report.plan, report.plan_funds) == ("计划", None)


def test_a_part_saves_itself_with_its_rows(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    first, second = report.milestones.all()[:2]
    data = posted(client, report, "tasks") | {
        "autosave": "1", "patents_granted": "４", state_of(first): "delayed",
        row_field("milestones", first.pk, "reason"): "设备到货晚两个月。",
    }  # fmt: skip
    answer = client.post(url("part", report, "tasks"), data, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    first.refresh_from_db()
    assert (first.state, first.reason) == ("delayed", "设备到货晚两个月。")
    assert AnnualReport.objects.get().patents_granted == 4
    assert f'id="seen-{state_of(first)}"' in answer.text
    assert MilestoneProgress.objects.get(pk=second.pk).state == second.state


def test_two_people_at_one_part_overwrite_nothing(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    first, second = report.milestones.all()[:2]
    data = posted(client, report, "tasks") | {
        state_of(first): "reached", state_of(second): "dropped", "tasks": "我的文字",
    }  # fmt: skip
    theirs = {state_of(first): "delayed", "papers": 7}
    save_part(report.pk, user=lead_owner, part="tasks", fields=theirs)
    page = client.post(url("part", report, "tasks"), data, headers=EN)
    assert [clash.name for clash in page.context["clashes"]] == [state_of(first)]
    assert page.context["clashes"][0].theirs == "Delayed"
    assert first.title in page.text
    report.refresh_from_db()
    assert (report.tasks, report.papers) == ("我的文字", 7)
    assert [row.state for row in report.milestones.all()[:2]] == ["delayed", "dropped"]
    # Having compared, the same person says which one stands.
    again = untouched(page.context["form"]) | {
        f"clash-{state_of(first)}": page.context["clashes"][0].shown,
        f"choice-{state_of(first)}": "mine",
    }
    assert client.post(url("part", report, "tasks"), again).status_code == 302
    assert report.milestones.first().state == "reached"


def test_the_findings_follow_what_was_saved(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    before = client.get(url("findings", report, "tasks"), headers=EN)
    assert 'id="rail"' in before.text
    assert "it is not said what became of it" in before.text
    states = {state_of(row): "reached" for row in report.milestones.all()}
    save_part(report.pk, user=lead_owner, part="tasks", fields=states | {"tasks": "按计划。"})
    after = client.get(url("findings", report, "tasks"), headers=EN)
    assert "it is not said what became of it" not in after.text
    assert client.get(url("findings", report, "nowhere")).status_code == 404


def test_a_finding_leads_to_the_very_field(lead_owner):
    report = report_of(lead_owner)
    project = report.projects.get()
    project.spent, project.budget = Decimal(5), Decimal(4)
    project.save()
    page = as_(lead_owner).get(url("detail", report)).text
    for row in report.milestones.filter(milestone__month__lte=6):
        assert f"#id_{state_of(row)}" in page
    assert f'href="{url("project", report, project.pk)}#id_spent"' in page
    part = report.units.last()
    assert f'href="{url("unit", report, part.pk)}' in page


def test_every_change_of_the_year_is_explained_where_it_is_listed(lead_owner):
    report = report_of(lead_owner)
    change = reported(report.consortium, user=lead_owner)
    Change.objects.filter(pk=change.pk).update(effective_on=date(2026, 8, 1))
    client = as_(lead_owner)
    client.get(url("part", report, "construction"))
    row = ChangeExplanation.objects.get()
    name = row_field("change_explanations", row.pk, "text")
    data = posted(client, report, "construction") | {name: "因产线调整。"}
    assert client.post(url("part", report, "construction"), data).status_code == 302
    row.refresh_from_db()
    assert row.text == "因产线调整。"


def plan_row(place: int, title: str, due: str) -> dict:
    return {f"plan_milestones-{place}-title": title, f"plan_milestones-{place}-due_on": due}


def test_the_plan_gets_rows_without_a_script_and_what_was_typed_stays(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "plan") | {
        "add_row": "1", "plan": "打字中", **plan_row(0, "新里程碑𠮷", "2027-05-31"),
    }  # fmt: skip
    page = client.post(url("part", report, "plan"), data)
    assert page.status_code == 200
    assert len(page.context["form"].rows.forms) == 4
    assert "新里程碑𠮷" in page.text
    assert "打字中" in page.text
    assert not report.plan_milestones.exists()
    gone = client.post(url("part", report, "plan"), data | {"remove_row": "0"})
    assert "新里程碑𠮷" not in gone.text
    assert "打字中" in gone.text
    assert AnnualReport.objects.get().plan == ""


def test_the_plan_is_written_as_one_list_and_rows_stay_who_they_are(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    lead = report.consortium.lead_unit_id
    task = report.consortium.tasks.first()
    first = [["中试", "2027-05-31", task.pk, lead], ["量产", "2027-09-30", None, None]]
    save_part(report.pk, user=lead_owner, part="plan", fields={"plan_milestones": first})
    kept = dict(report.plan_milestones.values_list("title", "pk"))
    data = posted(client, report, "plan")
    assert data["plan_milestones-0-task_id"] == task.pk
    data |= plan_row(0, "中试与验收", "2027-06-30") | plan_row(2, "发布标准", "2027-12-31")
    assert client.post(url("part", report, "plan"), data).status_code == 302
    rows = [(row.pk, row.title, row.due_on) for row in report.plan_milestones.all()]
    assert rows[:2] == [
        (kept["中试"], "中试与验收", date(2027, 6, 30)),
        (kept["量产"], "量产", date(2027, 9, 30)),
    ]
    assert rows[2][1:] == ("发布标准", date(2027, 12, 31))


@pytest.mark.parametrize(("title", "due"), [("只有名称", ""), ("", "2027-05-31"), ("x", "某天")])
def test_half_a_row_is_told_and_the_rest_is_saved(title, due, lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "plan") | plan_row(0, title, due) | {"plan": "计划"}
    told = client.post(url("part", report, "plan"), data | {"autosave": "1"}, headers=HTMX)
    assert "请修正里程碑" in told.text
    assert AnnualReport.objects.get().plan == "计划"
    page = client.post(url("part", report, "plan"), data)
    assert page.status_code == 200
    assert page.context["form"].rows.forms[0].errors
    assert not report.plan_milestones.exists()


def test_two_people_at_one_plan_choose_between_the_lists(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "plan") | plan_row(0, "我的", "2027-05-31")
    theirs = [["对方的", "2027-06-30", None, None]]
    save_part(report.pk, user=lead_owner, part="plan", fields={"plan_milestones": theirs})
    page = client.post(url("part", report, "plan"), data)
    [clash] = page.context["clashes"]
    assert clash.theirs == "2027年6月30日 对方的"
    assert json.loads(unescape(clash.shown)) == theirs
    assert report.plan_milestones.get().title == "对方的"


def test_what_a_later_report_tells_of_stays_in_the_plan(lead_owner):
    report = report_of(lead_owner)
    rows = [["中试", "2027-05-31", None, None], ["量产", "2027-09-30", None, None]]
    save_part(report.pk, user=lead_owner, part="plan", fields={"plan_milestones": rows})
    later = MilestoneProgress.objects.create(
        report=report, planned=PlanMilestone.objects.get(title="量产")
    )
    with pytest.raises(Refused):
        save_part(report.pk, user=lead_owner, part="plan", fields={"plan_milestones": []})
    assert report.plan_milestones.count() == 2
    save_part(report.pk, user=lead_owner, part="plan", fields={"plan_milestones": rows[1:]})
    assert report.plan_milestones.get() == later.planned


def test_money_of_the_units_stands_with_its_thousands(lead_owner):
    report = report_of(lead_owner)
    report.units.update(own_funds=Decimal("12345.60"), used_labour=None)
    page = as_(lead_owner).get(url("part", report, Part.FUNDS))
    assert "12,345.60" in page.text
    assert "12345.60" not in page.text


def test_what_was_submitted_is_saved_by_nobody(lead_owner):
    report = report_of(lead_owner, complete=True)
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    with pytest.raises(NotPermitted):
        save_part(report.pk, user=lead_owner, part="plan", fields={"plan": "x"})
    data = {"autosave": "1", "plan": "x"}
    assert as_(lead_owner).post(url("part", report, "plan"), data, headers=HTMX).status_code == 404
