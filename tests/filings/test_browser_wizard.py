"""The wizard in a real browser: it saves itself, keeps what it can't save, and asks who is right."""

import re

import pytest
from playwright.sync_api import expect

from filings.models import Consortium
from filings.services import save_content
from tests.factories import ConsortiumFactory
from tests.journeys.walk import walking

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SAVED = re.compile(r"Saved at \d\d:\d\d")


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


@pytest.fixture
def lead(chromium, live_server, lead_owner):
    with walking(chromium, live_server.url, lead_owner.username) as walker:
        yield walker


def saved(page):
    return page.locator("#saved")


def goals_of(consortium) -> str:
    return Consortium.objects.get(pk=consortium.pk).goals


def test_it_saves_itself_and_the_rail_and_the_findings_follow(lead, consortium):
    page = lead.page
    # Any step first: the rail leads everywhere.
    page.goto(f"/filings/{consortium.pk}/sharing/")
    page.locator("#rail").get_by_role("link", name="Focus and goals").click()
    step = page.locator("#rail [aria-current=step]")
    expect(step).to_contain_text("Complete")
    page.fill("[name=bottleneck]", "")
    expect(saved(page)).to_have_text(SAVED)
    expect(step).to_contain_text("To be mended")
    # The finding lands on the field that mends it; mended, it goes.
    finding = page.locator("#panel .finding-block")
    finding.get_by_role("link", name="Mend it").click()
    expect(page.locator("#id_bottleneck:target")).to_be_in_viewport()
    page.locator("#id_bottleneck").press_sequentially(
        "围绕谐波减速器的材料、齿形与装配工艺开展联合攻关，形成标准体系。"
    )
    expect(finding).to_have_count(0)
    expect(step).to_contain_text("Complete")


def test_a_reason_is_written_beside_the_finding_and_the_index_is_computed(lead, consortium):
    page = lead.page
    page.goto(f"/filings/{consortium.pk}/lead/")
    before = page.locator("#panel h2").first.inner_text()
    page.fill("[name=lead_revenue]", "10")
    warning = page.locator("#panel details", has_text="Or justify it").first
    warning.locator("summary").click()
    box = warning.locator("textarea")
    box.fill("研发由专项资金支持，")
    # What is typed beside the form stays there while the form saves itself and the panel follows.
    page.fill("[name=lead_rd_spend]", "900")
    expect(saved(page)).to_have_text(SAVED)
    expect(page.locator("#panel h2").first).not_to_have_text(before)
    expect(page.locator("#panel textarea").first).to_have_value("研发由专项资金支持，")
    page.locator("#panel textarea").first.fill(
        "研发由专项资金支持，已列入上年度审计报告的附注，数额无误，特此说明。"
    )
    page.locator("#panel").get_by_role("button", name="Save the justification").first.click()
    lead.sees("Justification saved.")
    lead.sees("Your justification")


def test_a_lost_connection_says_so_and_keeps_the_text(lead, consortium):
    page = lead.page
    page.goto(f"/filings/{consortium.pk}/focus/")
    lead.context.set_offline(True)
    page.fill("[name=goals]", "没有网络时写下的目标")
    expect(saved(page)).to_contain_text("No connection")
    assert "没有网络" not in goals_of(consortium)
    lead.context.set_offline(False)
    expect(saved(page)).to_have_text(SAVED)
    assert goals_of(consortium) == "没有网络时写下的目标"


@pytest.mark.parametrize("arrives", [True, False])
def test_a_page_left_at_once_loses_nothing(arrives, lead, consortium, lead_owner):
    """It is sent on the way out; where that is not taken, the browser has it."""
    page = lead.page
    address = f"/filings/{consortium.pk}/focus/"
    page.goto(address)
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("[name=goals]", "还没来得及保存的目标")
    if not arrives:
        lead.context.clear_cookies()
    page.goto(f"/filings/{consortium.pk}/lead/")
    if not arrives:
        lead.sign_in(lead_owner.username)
    page.goto(address)
    expect(page.locator("[name=goals]")).to_have_value("还没来得及保存的目标")
    if not arrives:
        expect(saved(page)).to_have_text(SAVED)
    page.goto(f"/filings/{consortium.pk}/check/")
    expect(page.get_by_text("还没来得及保存的目标")).to_have_count(1)


@pytest.mark.parametrize(
    ("choice", "stands"), [("Mine", "我的目标"), ("The stored one", "同事的目标")]
)
def test_two_tabs_choose_field_by_field(choice, stands, lead, consortium, lead_owner):
    page = lead.page
    page.goto(f"/filings/{consortium.pk}/focus/")
    save_content(
        consortium.pk,
        user=lead_owner,
        fields={"goals": "同事的目标", "nanjing_strength": "同事写的优势"},
    )
    page.fill("[name=goals]", "我的目标")
    clash = page.locator("#clashes fieldset")
    expect(clash).to_contain_text("同事的目标")
    assert goals_of(consortium) == "同事的目标"
    # What only the colleague changed stands, and is told.
    expect(page.locator("[name=nanjing_strength]")).to_have_value("同事写的优势")
    clash.get_by_label(re.compile(choice)).check()
    expect(clash).to_have_count(0)
    expect(page.locator("[name=goals]")).to_have_value(stands)
    assert goals_of(consortium) == stands


def test_rows_are_added_moved_and_removed_where_they_stand(lead, consortium):
    page = lead.page
    address = f"/filings/{consortium.pk}/tasks/"
    page.goto(address)
    lead.follow("Add a key task")
    page.fill("[name=title]", "第二项任务")
    page.fill("[name=goal]", "形成可考核的指标")
    for row, month in enumerate(("6", "12")):
        page.fill(f"[name=milestones-{row}-month]", month)
        page.fill(f"[name=milestones-{row}-title]", f"节点{month}")
    page.get_by_role("button", name="Remove milestone 1").click()
    expect(page.locator("[name=milestones-0-title]")).to_have_value("节点12")
    page.get_by_role("button", name="Add rows").click()
    expect(page.locator("[name=milestones-4-title]")).to_have_count(1)
    expect(page.locator("[name=title]")).to_have_value("第二项任务")
    page.get_by_role("button", name="Save the key task").click()
    heads = page.locator("#rows section h2")
    expect(heads).to_have_count(2)
    page.get_by_role("button", name="Up 第二项任务").click()
    expect(heads.first).to_have_text("第二项任务")
    page.get_by_role("link", name="Edit 第二项任务").click()
    expect(page.locator("[name=milestones-0-title]")).to_have_value("节点12")
    # A stored row saves itself, its milestones too.
    page.get_by_role("button", name="Remove milestone 1").click()
    expect(saved(page)).to_have_text(SAVED)
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="Remove 第二项任务").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(heads).to_have_count(1)
    expect(page).to_have_url(re.compile(f"{address}|/delete/"))
    assert consortium.tasks.count() == 1
