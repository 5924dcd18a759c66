"""From the last button to the receipt, and through a correction, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from filings.models import Consortium
from filings.states import Action
from filings.transitions import perform
from notices.models import Message
from tests.factories import ConsortiumFactory, comment_on
from tests.journeys.walk import walking

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


@pytest.fixture
def lead(chromium, live_server, lead_owner):
    with walking(chromium, live_server.url, lead_owner.username) as walker:
        yield walker


def sign(walker, name="甲示例") -> None:
    walker.page.check("[name=truth]")
    walker.page.fill("[name=signed_name]", name)
    walker.press("Submit the filing")


def test_it_is_signed_submitted_and_has_a_receipt_that_anybody_may_verify(
    lead, consortium, chromium, live_server
):
    page = lead.page
    page.goto(f"/filings/{consortium.pk}/check/")
    shown = re.search(r"SHA-256 ([0-9a-f]{64})", page.inner_text("#sign"))[1]
    lead.press("Submit the filing")
    lead.sees("Type your name to sign the statement.")
    sign(lead)
    lead.sees("Submitted. The bureau has it now.")
    lead.sees("checks by the end of")
    assert shown in page.inner_text("main")
    with page.expect_download() as download:
        page.get_by_role("link", name="Receipt (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    verify = page.locator("a.code").get_attribute("href")
    with walking(chromium, live_server.url) as visitor:
        visitor.page.goto(verify)
        visitor.sees("A receipt, no certificate")
        visitor.sees(shown)
    # The front page says who acts next and by when.
    page.goto("/")
    lead.sees("The bureau promised its next step by the end of")
    page.goto(f"/filings/{consortium.pk}/submissions/1/")
    lead.press("Withdraw")
    lead.sees("Withdrawn: it is a draft again.")


def test_a_correction_from_the_mail_to_the_second_receipt(lead, consortium, lead_owner, intake):
    perform(consortium.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    comment_on(consortium)
    member_comment = comment_on(consortium, "members", "division_of_work")
    perform(consortium.pk, Action.RETURN, actor=intake)
    page = lead.page
    page.goto("/")
    lead.sees("mend 2 points and submit again")
    lead.sees("working days left")

    # The mail lands on the first comment, at its field.
    page.goto(Message.objects.get(recipient=lead_owner, kind="filing_return").url)
    first = page.locator("#field-goals .callout")
    expect(first).to_be_in_viewport()
    lead.sees("working days left")
    page.fill("[name=goals]", consortium.goals + "三年内形成三项国家标准。")
    page.locator("#field-goals textarea[name$=-text]").fill("已补充。")
    page.get_by_role("button", name="Save the answer").first.click()
    lead.sees("Answer saved.")

    # A comment on the members stands at the list and at each member's field.
    member = consortium.members.first()
    page.goto(f"/filings/{consortium.pk}/members/{member.pk}/")
    lead.sees("working days left")
    expect(page.locator(f"#field-division_of_work #comment-{member_comment.pk}")).to_have_count(1)
    page.get_by_role("button", name="Mark as done").click()
    lead.sees("Marked as done.")

    page.goto(f"/filings/{consortium.pk}/check/")
    changed = page.locator(".diff")
    expect(changed).to_contain_text("What you changed since you submitted")
    expect(changed.locator("ins")).to_contain_text("三项国家标准")
    sign(lead)
    lead.sees("Receipt of submission 2")
    expect(page.locator(".diff ins")).to_contain_text("三项国家标准")
