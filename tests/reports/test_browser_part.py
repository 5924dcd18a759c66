"""The parts of a report in a real browser: they save themselves, rows and all, and findings follow."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from filings.kept import row_field
from reports.models import AnnualReport
from reports.services import save_part
from tests.journeys.walk import walking
from tests.reports.factories import report_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
SAVED = re.compile(r"Saved at \d\d:\d\d")


@pytest.fixture
def report(lead_owner) -> AnnualReport:
    return report_of(lead_owner)


@pytest.fixture
def page(chromium, live_server, lead_owner, report):
    with walking(chromium, live_server.url, lead_owner.username) as walker:
        yield walker.page


def test_milestones_save_themselves_and_what_two_changed_is_chosen_between(
    page, report, lead_owner
):
    first = report.milestones.first()
    state, reason = (row_field("milestones", first.pk, name) for name in ("state", "reason"))
    page.goto(f"/reports/{report.pk}/tasks/")
    blocking = page.locator("#panel .finding-block", has_text=first.title)
    # The finding leads to the very field; answered, it goes.
    blocking.get_by_role("link", name="Mend it").click()
    expect(page.locator(f"#id_{state}:target")).to_be_in_viewport()
    page.select_option(f"[name='{state}']", "delayed")
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect(blocking).to_have_count(0)
    # What it asks for now can be justified beside the form, or given where it belongs.
    expect(page.locator("#panel details")).to_have_count(1)
    page.fill(f"[name='{reason}']", "关键设备到货晚两个月。")
    expect(page.locator("#panel details")).to_have_count(0)

    save_part(report.pk, user=lead_owner, part="tasks", fields={reason: "对方的原因。"})
    page.fill(f"[name='{reason}']", "我的原因。")
    expect(page.locator("#clashes")).to_contain_text("对方的原因。")
    page.locator("#clashes").get_by_label("Mine, as it is in the form").check()
    expect(page.locator("#clashes fieldset")).to_have_count(0)
    first.refresh_from_db()
    assert (first.state, first.reason) == ("delayed", "我的原因。")


def test_the_plan_grows_and_shrinks_where_it_stands(page, report):
    page.goto(f"/reports/{report.pk}/plan/")
    page.fill("[name=plan]", "继续攻关。")
    page.fill("[name=plan_milestones-0-title]", "完成中试")
    page.fill("[name=plan_milestones-0-due_on]", "2027-10-31")
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.get_by_role("button", name="Add rows").click()
    page.fill("[name=plan_milestones-3-title]", "发布标准")
    expect(page.locator("#saved")).to_contain_text("name and day go together")
    page.fill("[name=plan_milestones-3-due_on]", "2027-05-31")
    expect(page.locator("#saved")).not_to_contain_text("name and day go together")
    report.refresh_from_db()
    assert report.plan == "继续攻关。"
    rows = list(report.plan_milestones.values_list("title", "due_on"))
    assert rows == [("发布标准", date(2027, 5, 31)), ("完成中试", date(2027, 10, 31))]
    page.get_by_role("button", name="Remove milestone 1", exact=True).click()
    expect(page.locator("[name=plan_milestones-0-title]")).not_to_have_value("完成中试")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(f"**/reports/{report.pk}/")
    assert report.plan_milestones.get().title == "发布标准"
