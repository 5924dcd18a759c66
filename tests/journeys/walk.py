"""How a person goes through the portal in a browser; English, so that labels are the source's."""

import re
from contextlib import contextmanager
from pathlib import Path

from django.core import mail

from filings.models import Consortium
from tests.factories import TEXT
from tests.people import PASSWORD


class Walker:
    """One person with a browser of its own."""

    def __init__(self, chromium, base_url: str, **options):
        self.context = chromium.new_context(base_url=base_url, locale="en-US", **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def sign_in(self, name: str, password: str = PASSWORD) -> "Walker":
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", name)
        self.page.fill("[name=password]", password)
        self.press("Sign in")
        return self

    def press(self, label: str) -> None:
        self.page.locator("main, #content").get_by_role(
            "button", name=label, exact=True
        ).first.click()
        self.page.wait_for_load_state()

    def follow(self, label: str) -> None:
        self.page.locator("main, #container").get_by_role("link", name=label).first.click()
        self.page.wait_for_load_state()

    def sees(self, text: str) -> None:
        self.page.get_by_text(text, exact=False).first.wait_for()

    def close(self) -> None:
        self.context.close()


@contextmanager
def walking(chromium, base_url: str, name: str = "", **options):
    walker = Walker(chromium, base_url, **options)
    if name:
        walker.sign_in(name)
    try:
        yield walker
    finally:
        walker.close()


def register(
    walker: Walker, *, username: str, uscc: str, unit: str, kind: str = "enterprise"
) -> None:
    """Sign up a unit through its first user and follow the link of the e-mail."""
    page = walker.page
    page.goto("/accounts/signup/")
    for field, value in {
        "full_name": "甲示例", "username": username, "email": f"{username}@example.com",
        "password1": PASSWORD + "-long", "password2": PASSWORD + "-long", "uscc": uscc,
        "unit_name": unit, "contact_phone": "025-00000000",
    }.items():  # fmt: skip
        page.fill(f"[name={field}]", value)
    page.select_option("[name=unit_kind]", kind)
    page.select_option("[name=place]", "320115")
    walker.press("Register")
    link = re.search(r"https?://\S+/accounts/confirm-email/\S+", mail.outbox[-1].body)[0]
    page.goto(link[link.index("/accounts/") :])
    walker.press("Confirm")
    if "login" in page.url:
        walker.sign_in(username, PASSWORD + "-long")


def fill_in(walker: Walker, pk: int, agreement: Path) -> None:
    """All sections of a filing but the members, with nothing left to mend."""
    page = walker.page
    page.goto(f"/filings/{pk}/lead/")
    page.select_option("[name=lead_kind]", "leading_enterprise")
    page.fill("[name=lead_revenue]", "186,400.00")
    page.fill("[name=lead_rd_spend]", "１１９３０")  # full-width digits are normal
    page.fill("[name=standing]", TEXT)
    page.fill("[name=open_sharing]", TEXT)
    walker.press("Save and continue")
    page.select_option("[name=focus_field]", index=1)
    page.check("[name=goal_kinds][value=bottleneck]")
    for field in ("bottleneck", "goals", "nanjing_strength"):
        page.fill(f"[name={field}]", TEXT)
    walker.press("Save and continue")
    page.goto(f"/filings/{pk}/governance/")
    page.select_option("[name=council_kind]", "council")
    page.fill("[name=council_chair]", "甲示例")
    page.check("[name=chair_is_lead_head]")
    for field in ("mechanism", "mechanism_innovation", "advisory_committee"):
        page.fill(f"[name={field}]", TEXT)
    page.fill("[name=chief_expert]", "丙样本")
    page.fill("[name=chief_expert_post]", "示例江东理工大学 教授")
    walker.press("Save and continue")
    page.goto(f"/filings/{pk}/tasks/add/")
    page.fill("[name=title]", "谐波减速器齿形设计")
    page.fill("[name=goal]", TEXT)
    page.fill("[name=budget]", "3000")
    page.fill("[name=own_funds]", "2000")
    for box in page.locator("[name=members]").all():
        box.check()
    for row, (month, title) in enumerate(((6, "完成设计"), (18, "完成样机"), (36, "完成验证"))):
        page.fill(f"[name=milestones-{row}-month]", str(month))
        page.fill(f"[name=milestones-{row}-title]", title)
    walker.press("Save the key task")
    page.goto(f"/filings/{pk}/sharing/")
    page.fill("[name=results_sharing]", TEXT)
    page.fill("[name=income_sharing]", TEXT)
    walker.press("Save and continue")
    page.fill("[name=agreement_signed_on]", "2026-01-05")
    page.check("[name=lead_signed]")
    for box in page.locator("[name=signed_members]").all():
        box.check()
    walker.press("Save")
    page.select_option("[name=kind]", "agreement")
    page.set_input_files("[name=upload]", agreement)
    walker.press("Upload")
    walker.sees("Document added.")
    # The other papers are the bureau's practice: the filing may say why it does without.
    page.get_by_text("Or justify it").first.click()
    page.locator("#panel textarea").first.fill(TEXT)
    walker.press("Save the justification")


def add_member(walker: Walker, pk: int, *, uscc: str, name: str, kind: str) -> None:
    page = walker.page
    page.goto(f"/filings/{pk}/members/add/")
    page.fill("[name=uscc]", uscc)
    page.fill("[name=name]", name)
    page.select_option("[name=kind]", kind)
    page.select_option("[name=place]", "320102")
    roles = ("learning", "research") if kind == "university" else ("production", "application")
    for role in roles:
        page.check(f"[name=chain_roles][value={role}]")
    page.fill("[name=position_in_chain]", "关键技术研究")
    for field in ("division_of_work", "capability", "team", "facilities"):
        page.fill(f"[name={field}]", TEXT)
    page.fill("[name=rd_staff]", "40")
    page.fill("[name=contact_name]", "丙样本")
    page.fill("[name=contact_email]", "contact@example.com")
    walker.press("Save the member")
    walker.sees("Saved.")


def answer_checklist(officer: Walker, consortium: Consortium) -> None:
    """Yes to what no rule answers; the rules' answers are filled in and stay."""
    page = officer.page
    page.goto(f"/admin/filings/consortium/{consortium.pk}/change/?tab=checklist")
    for choice in page.locator("#checklist select").all():
        if not choice.input_value():
            choice.select_option("yes")
    officer.press("Save the checklist")
    officer.sees("The checklist has been saved.")


def take_step(officer: Walker, consortium: Consortium, label: str, **fields: str) -> None:
    """Press a button of the workbench on a filing, and the one that confirms it."""
    page = officer.page
    page.goto(f"/admin/filings/consortium/{consortium.pk}/change/")
    officer.follow(label)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    officer.press(label)
