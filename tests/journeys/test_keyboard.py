"""A reviewer's morning without a mouse: five filings, from the queue to the last recommendation."""

import pytest

from accounts.roles import Role
from filings.models import Consortium
from filings.states import Status
from reviews.models import Assignment
from tests.factories import ConsortiumFactory
from tests.journeys.walk import walking
from tests.people import officer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
QUEUE = "/admin/filings/consortium/"


def keys(page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def goes(page, key: str, to: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation(url=to):
        page.keyboard.press(key)


def test_five_filings_are_handled_by_keyboard_alone(chromium, live_server):
    officer("reviewer", Role.REVIEWER)
    filings = [ConsortiumFactory(under_review=True) for _n in range(5)]
    with walking(chromium, live_server.url, "reviewer") as reviewer:
        page = reviewer.page
        page.goto(QUEUE)
        # Down, up and down again; the first is chosen for an action and let go.
        keys(page, "j", "j", "k", "x", "x")
        goes(page, "Enter", f"**{QUEUE}{filings[0].pk}/change/")
        goes(page, "c", "**/change/")
        assert Assignment.objects.get().consortium == filings[0]
        for number, filing in enumerate(filings):
            assert page.url.endswith(f"{QUEUE}{filing.pk}/change/")
            move = "2" if page.locator("[data-key='2']").count() else "1"
            assert "recommend" in page.locator(f"[data-key='{move}']").get_attribute("href")
            goes(page, move, "**/recommend/")
            # The button comes after the remark: the focus moves there from the top of the form.
            page.keyboard.press("Tab")
            while page.evaluate("document.activeElement.tagName") != "TEXTAREA":
                page.keyboard.press("Tab")
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
