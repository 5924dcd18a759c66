"""A member joins a running consortium, in a browser: reported, confirmed, noted, shown by its day."""

from datetime import date

import pytest
import time_machine

from accounts.roles import Role
from filings.models import Change
from tests.factories import TEXT, ConsortiumFactory, UnitFactory, pdf_bytes
from tests.journeys.walk import Walker, walking
from tests.people import officer, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "南京示例北辰机器人有限公司"


def test_a_member_joins_and_the_register_shows_it_from_its_day(chromium, live_server, tmp_path):
    agreement = tmp_path / "补充协议.pdf"
    agreement.write_bytes(pdf_bytes())
    lead, unit = UnitFactory(), UnitFactory(name=NAME)
    owner = owner_of(lead, "lead")
    owner_of(unit, "joins")
    officer("reviewer", Role.REVIEWER)
    with time_machine.travel("2027-06-01T09:00:00+08:00"):
        consortium = ConsortiumFactory(
            active=True, lead_unit=lead, created_by=owner, on=date(2026, 3, 2)
        )
        with walking(chromium, live_server.url, "lead") as walker:
            change = enter(walker, consortium, unit)
            with walking(chromium, live_server.url, "joins") as joins:
                joins.page.goto(f"/filings/confirm/{change.member.token}/")
                joins.press("Yes, we confirm our part")
            sign_and_report(walker, change, agreement)
        with walking(chromium, live_server.url, "reviewer") as reviewer:
            reviewer.page.goto(f"/admin/filings/change/{change.pk}/change/")
            reviewer.sees(NAME)
            reviewer.follow("Take note")
            reviewer.press("Take note")
            reviewer.sees("The bureau has taken note of the change.")
        with walking(chromium, live_server.url) as anybody:
            assert [named_on(anybody, consortium, day) for day in ("2027-06-30", "2027-07-01")] == [
                False, True,
            ]  # fmt: skip


def enter(walker: Walker, consortium, unit) -> Change:
    """The lead unit says who joins, why and from when, and asks it to confirm."""
    page = walker.page
    page.goto(f"/filings/{consortium.pk}/")
    walker.follow("Report a change")
    page.check("[name=kind][value=join]")
    walker.press("Begin")
    values = {"uscc": unit.uscc, "name": NAME, "position_in_chain": "整机验证", "rd_staff": "12"}
    values |= dict.fromkeys(("division_of_work", "capability", "team", "facilities"), TEXT)
    values |= {"contact_name": "戊演示", "contact_email": "joins@example.com"}
    for field, value in values.items():
        page.fill(f"[name={field}]", value)
    page.select_option("[name=kind]", "enterprise")
    page.select_option("[name=place]", "320115")
    page.check("[name=chain_roles][value=application]")
    page.locator("[name=tasks]").first.check()
    walker.press("Save and continue")
    page.fill("textarea[name=description]", "增补整机验证单位")
    page.fill("[name=reason]", TEXT)
    page.fill("[name=effective_on]", "2027-07-01")
    walker.press("Save and continue")
    change = Change.objects.select_related("member").get()
    page.goto(f"/filings/{consortium.pk}/changes/{change.pk}/")
    walker.press("Ask the units to confirm")
    walker.sees("The units concerned are asked to confirm.")
    return change


def sign_and_report(walker: Walker, change: Change, agreement) -> None:
    page = walker.page
    page.goto(f"/filings/{change.consortium_id}/changes/{change.pk}/agreement/")
    page.fill("[name=agreement_signed_on]", "2027-05-30")
    page.check("[name=lead_signed]")
    for box in page.locator("[name=signed_members]").all():
        box.check()
    walker.press("Save")
    page.set_input_files("[name=upload]", agreement)
    walker.press("Upload")
    walker.sees("Document added.")
    page.goto(f"/filings/{change.consortium_id}/changes/{change.pk}/")
    page.get_by_text("Or justify it").first.click()
    page.locator("main textarea").first.fill(TEXT)
    walker.press("Save the justification")
    walker.press("Report to the bureau")
    walker.sees("Change reported.")


def named_on(walker: Walker, consortium, day: str) -> bool:
    """Whether the public entry names the unit among the members of that day."""
    walker.page.goto(f"/register/{consortium.filing_number}/")
    walker.page.fill("[name=as_of]", day)
    walker.press("Show")
    return NAME in walker.page.locator("main .card").first.inner_text()
