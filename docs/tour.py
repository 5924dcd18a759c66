"""Take the pictures of a first-time user's path, from registration to receipt: `make tour`."""

import io
import re
from pathlib import Path

import pikepdf
from PIL import Image

from docs.portal import chromium, opened, running, sign_in

HERE = Path(__file__).parent / "tour"
PASSWORD = "A-first-time-user-2026"  # noqa: S105 - of an invented person, on a portal thrown away
MOST_BYTES = 80_000

TEXT = (
    "围绕工业机器人高精度谐波减速器的材料、齿形设计与精密装配开展联合攻关，打通从基础研究、样机试制到"
    "产线验证的全过程，形成自主可控的产品、标准与专利组合，并在本市整机企业中率先使用。"
)
REASON = "相关情况已在组建协议中约定，并将于备案后三个月内补充完善，特此说明。"
REGISTRATION = {
    "full_name": "甲示例", "username": "first", "email": "first@example.com",
    "password1": PASSWORD, "password2": PASSWORD, "uscc": "91320115XX0009005J",
    "unit_name": "南京示例新星机器人有限公司", "unit_kind": "enterprise", "place": "320115",
    "address": "示例路 8 号", "legal_representative": "乙演示", "contact_phone": "025-00000000",
}  # fmt: skip
STEPS = {
    "lead": {
        "lead_kind": "leading_enterprise", "lead_revenue": "186400", "lead_rd_spend": "11930",
        "standing": TEXT, "open_sharing": TEXT,
    },
    "focus": {
        "focus_field": 1, "goal_kinds": ["bottleneck"], "bottleneck": TEXT, "goals": TEXT,
        "nanjing_strength": TEXT,
    },
    "governance": {
        "council_kind": "council", "council_chair": "乙演示", "chair_is_lead_head": True,
        "mechanism": TEXT, "mechanism_innovation": TEXT, "chief_expert": "丙样本",
        "chief_expert_post": "示例江东理工大学 教授", "advisory_committee": TEXT,
    },
    "sharing": {"results_sharing": TEXT, "income_sharing": TEXT},
    "agreement": {"agreement_signed_on": "2026-01-05", "lead_signed": True, "signed_members": all},
}  # fmt: skip
# The account of each member in the demonstration, and what the filing says about it.
MEMBERS = {
    "lead2": {
        "uscc": "91320191XX000102X7", "name": "南京样板云帆软件有限公司", "kind": "enterprise",
        "place": "NJ-JB", "chain_roles": ["production", "application"],
    },
    "member": {
        "uscc": "12320000XX00020146", "name": "示例江东理工大学", "kind": "university",
        "place": "320102", "chain_roles": ["learning", "research"],
    },
}  # fmt: skip
PART = {
    "position_in_chain": "关键技术研究与验证", "division_of_work": TEXT, "capability": TEXT,
    "rd_staff": "40", "team": TEXT, "facilities": TEXT, "contact_name": "丙样本",
    "contact_email": "contact@example.com",
}  # fmt: skip
TASK = {
    "title": "谐波减速器齿形设计与精密制造", "goal": TEXT, "budget": "3000", "own_funds": "2000",
    "members": all,
    "milestones-0-month": "6", "milestones-0-title": "完成齿形设计",
    "milestones-1-month": "18", "milestones-1-title": "完成样机",
    "milestones-2-month": "36", "milestones-2-title": "完成量产验证",
}  # fmt: skip


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with running() as (base, folder), chromium() as browser:
        page = opened(browser, base)
        register(page, folder)
        address = begin(page)
        fill_in(page, address, agreement(folder))
        confirm(browser, base, page, address)
        submit(page, address)


def register(page, folder: Path) -> None:
    page.goto("/accounts/signup/")
    fill(page, REGISTRATION)
    picture(page, "01-register")
    press(page, "main form button")
    mail = max((folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
    page.goto(re.search(r"/accounts/confirm-email/\S+", mail.read_text())[0])
    press(page, "main form button")
    sign_in(page, REGISTRATION["username"], PASSWORD)
    page.goto("/")
    picture(page, "02-home")


def begin(page) -> str:
    """A new filing; its address."""
    page.goto("/filings/new/")
    page.fill("[name=name]", "工业机器人高精度谐波减速器创新联合体")
    picture(page, "03-new")
    press(page, "main form button")
    return re.search(r"/filings/\d+/", page.url)[0]


def fill_in(page, address: str, pdf: Path) -> None:
    page.goto(f"{address}lead/")
    page.fill("[name=lead_revenue]", "186400")
    page.locator("#saved span").wait_for()
    picture(page, "04-lead")
    for number, member in enumerate(MEMBERS.values()):
        page.goto(f"{address}members/add/")
        fill(page, member | PART)
        if not number:
            picture(page, "05-member")
        press(page, ".wizard-form .actions-bar button")
    page.goto(f"{address}tasks/add/")
    fill(page, TASK)
    picture(page, "06-task", "#field-milestones")
    press(page, ".wizard-form .actions-bar button")
    for step, values in STEPS.items():
        page.goto(f"{address}{step}/")
        fill(page, values)
        press(page, ".wizard-form .actions-bar button")
    page.goto(f"{address}agreement/")
    page.set_input_files("[name=upload]", pdf)
    press(page, "form:has([name=upload]) button")


def confirm(browser, base: str, page, address: str) -> None:
    """The members are asked, and each confirms its part."""
    page.goto(f"{address}members/")
    press(page, "form[action$='/members/invite/'] button")
    page.locator(".message").wait_for()
    picture(page, "07-members")
    for account in MEMBERS:
        member = opened(browser, base)
        sign_in(member, account)
        name = page.locator(".crumbs a").last.inner_text()
        owed = member.locator(".callout", has_text=name)
        owed.get_by_role("link").click()
        if account == "member":
            picture(member, "08-confirm")
        press(member, "button[name=confirm]")
        member.context.close()


def submit(page, address: str) -> None:
    """What is left is justified; then the filing is signed and submitted."""
    page.goto(f"{address}check/")
    boxes = page.locator("form[action$='/justification/'] textarea:empty")
    while boxes.count():
        page.locator("details:has(textarea:empty) summary").first.click()
        boxes.first.fill(REASON)
        boxes.first.locator("xpath=ancestor::form").get_by_role("button").click()
        page.wait_for_load_state()
    page.check("[name=truth]")
    page.fill("[name=signed_name]", "甲示例")
    picture(page, "09-sign", "#sign")
    press(page, "#sign button")
    page.locator("a.code").wait_for()
    picture(page, "10-receipt")


def fill(page, values: dict) -> None:
    """Fill in fields by name: text, ticks, one or several choices, or all of them."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']")
        if value is all:
            for box in field.all():
                box.check()
        elif isinstance(value, list):
            for choice in value:
                page.check(f"[name={name}][value={choice}]")
        elif value is True:
            field.check()
        elif isinstance(value, int):
            field.select_option(index=value)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def press(page, button: str) -> None:
    page.locator(button).first.click()
    page.wait_for_load_state()


def agreement(folder: Path) -> Path:
    """A PDF that stands for the signed agreement."""
    path = folder / "组建协议.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def picture(page, name: str, top: str = "body") -> None:
    """What the page shows from `top` on, in as few colours as keep the file small."""
    page.locator(top).evaluate("element => element.scrollIntoView()")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (128, 64, 32, 16):
        out = io.BytesIO()
        shot.quantize(colours).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    (HERE / f"{name}.png").write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
