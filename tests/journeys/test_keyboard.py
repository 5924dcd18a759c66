"""A reviewer's morning without a mouse: five filings, from the queue to the last recommendation."""

import pytest

from accounts.roles import Role
from filings.models import ChecklistAnswer, ChecklistItem, Consortium
from filings.states import Status
from reviews.models import Assignment
from tests.factories import ConsortiumFactory
from tests.journeys.walk import walking
from tests.people import officer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
QUEUE = "/admin/filings/consortium/"


def keys(page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def goes(page, key: str, to: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation(url=to):
        page.keyboard.press(key)


def tab_to(page, selector: str) -> None:
    page.keyboard.press("Tab")
    while not page.evaluate("found => document.activeElement.matches(found)", selector):
        page.keyboard.press("Tab")


def answer(page, filing) -> None:
    """The checklist: what the rules say stands there, the rest is answered yes."""
    goes(page, "l", "**?tab=checklist#panel")
    items = filing.submissions.last().policy.checklist_items
    for item in items.filter(stage=ChecklistItem.Stage.REVIEW, rule=""):
        tab_to(page, f"#checklist-value-{item.pk}")
        page.keyboard.press("ArrowDown")
    tab_to(page, "#checklist button")
    goes(page, "Enter", "**?tab=checklist#checklist")


def test_five_filings_are_handled_by_keyboard_alone(chromium, live_server):
    officer("reviewer", Role.REVIEWER)
    filings = [ConsortiumFactory(under_review=True) for _n in range(5)]
    unanswered = filings[-1]
    of_review = ChecklistAnswer.objects.filter(item__stage=ChecklistItem.Stage.REVIEW)
    of_review.filter(submission__consortium=unanswered).delete()
    with walking(chromium, live_server.url, "reviewer") as reviewer:
        page = reviewer.page
        page.goto(QUEUE)
        # Down, up and down again; the first is chosen for an action and let go.
        keys(page, "j", "j", "k", "x", "x")
        goes(page, "Enter", f"**{QUEUE}{filings[0].pk}/change/")
        goes(page, "c", "**/change/")
        assert Assignment.objects.get().consortium == filings[0]
        for number, filing in enumerate(filings):
            if filing == unanswered:
                answer(page, filing)
            assert f"{QUEUE}{filing.pk}/change/" in page.url
            move = "2" if page.locator("[data-key='2']").count() else "1"
            assert "recommend" in page.locator(f"[data-key='{move}']").get_attribute("href")
            goes(page, move, "**/recommend/")
            # The button comes after the remark: the focus moves there from the top of the form.
            tab_to(page, "textarea")
            page.keyboard.type("材料齐全，符合条件。")
            page.keyboard.press("Tab")
            goes(page, "Enter", f"**{QUEUE}{filing.pk}/change/")
            filing.refresh_from_db()
            assert filing.status == Status.RECOMMENDED
            if number < 4:
                goes(page, "n", f"**{QUEUE}{filings[number + 1].pk}/change/")
        goes(page, "q", f"**{QUEUE}")
        assert not page.locator("#result_list").count()
        assert Consortium.objects.filter(status=Status.RECOMMENDED).count() == 5


def test_the_keys_can_be_switched_off_and_are_letters_in_fields(chromium, live_server):
    officer("reviewer", Role.REVIEWER)
    ConsortiumFactory(under_review=True, name="键盘联合体")
    with walking(chromium, live_server.url, "reviewer") as reviewer:
        page = reviewer.page
        page.goto(QUEUE)
        page.keyboard.press("/")
        page.keyboard.type("jkxe")
        assert page.input_value("#searchbar") == "jkxe"
        page.locator("[data-keys] summary").click()
        page.locator("[data-keys-off]").check()
        page.locator("h1").first.click()
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('#result_list')") is None
