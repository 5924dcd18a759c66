"""Many filings at once: each goes through its own guard, and the report says what became of each."""

import re

import pytest
from django.utils import timezone
from django.utils.html import escape

from accounts.roles import Role
from filings.models import Consortium, Policy, PublicNotice
from filings.operation import receive_objection
from filings.states import Action, Status
from filings.transitions import perform
from tests.factories import ConsortiumFactory, comment_on, staff
from tests.people import as_
from tests.reviews.test_moves import end_notice

pytestmark = pytest.mark.django_db

LIST = "/admin/filings/consortium/"
WHOSE = {
    Action.ACCEPT: ("intake", "submitted", Status.UNDER_REVIEW),
    Action.RECOMMEND: ("reviewer", "under_review", Status.RECOMMENDED),
    Action.PUBLISH: ("decider", "recommended", Status.PUBLIC_NOTICE),
    Action.FILE: ("decider", "public_notice", Status.ACTIVE),
}
WORDS = {"title": "关于第二批拟备案创新联合体的公示", "text": "现予公示。"}


def select(client, action, filings):
    """What the list's own button does; gives the address of the page that asks."""
    ticked = [filing.pk for filing in filings]
    data = {"action": f"batch_{action}", "_selected_action": ticked}
    return client.post(f"{LIST}?queue=all", data).headers["Location"]


def rows_of(page) -> list[str]:
    return re.findall(r'name="row" value="(\d+:\d+)"', page.text)


def confirm(client, action, filings, **more):
    address = select(client, action, filings)
    rows = rows_of(client.get(address))
    return client.post(address, WORDS | {"row": rows} | more)


def states(*filings) -> list[str]:
    return [Consortium.objects.get(pk=filing.pk).status for filing in filings]


def ready(state: str):
    filing = ConsortiumFactory(**{state: True})
    if state == "public_notice":
        end_notice(filing)
    return filing


@pytest.mark.parametrize("action", WHOSE)
def test_each_role_moves_its_own_filings_at_once(action, request):
    cast, state, target = WHOSE[action]
    filings = [ready(state) for _row in range(2)]
    page = confirm(as_(request.getfixturevalue(cast)), action, filings)
    assert states(*filings) == [target] * 2
    assert len(page.context["went"]) == 2
    assert page.context["stayed"] == []
    for filing in filings:
        assert f"{LIST}{filing.pk}/change/" in page.text


@pytest.mark.parametrize("cast", ["intake", "reviewer", "decider", "auditor", "administrator"])
@pytest.mark.parametrize("action", WHOSE)
def test_a_batch_exists_for_its_role_alone(action, cast, request):
    client = as_(request.getfixturevalue(cast))
    mine = WHOSE[action][0] == cast
    filing = ready(WHOSE[action][1])
    address = f"{LIST}batch/{action}/"
    assert client.get(address, {"ids": filing.pk}).status_code == (200 if mine else 404)
    assert (f'value="batch_{action}"' in client.get(f"{LIST}?queue=all").text) is mine
    if not mine:
        row = f"{filing.pk}:{filing.version}"
        assert client.post(address, WORDS | {"row": row}).status_code == 404
        assert states(filing) == [WHOSE[action][1]]


def test_the_page_says_beforehand_what_stays_and_why(decider):
    can, runs, objected = (ConsortiumFactory(public_notice=True) for _row in range(3))
    receive_objection(objected, objector="某", contact="x", text="异议")
    end_notice(can)
    end_notice(objected)
    client = as_(decider)
    page = client.get(select(client, Action.FILE, [can, runs, objected]))
    assert rows_of(page) == [f"{can.pk}:{can.version}"]
    reasons = {row.consortium.pk: str(row.answer.reason) for row, _ticked in page.context["rows"]}
    assert reasons[runs.pk]
    assert reasons[objected.pk]
    assert all(reason in page.text for reason in reasons.values())
    assert escape(page.context["consequence"]) in page.text
    assert states(can, runs, objected) == [Status.PUBLIC_NOTICE] * 3


def test_what_fails_stops_nothing_and_is_reported_with_its_reason(reviewer):
    good, commented, gone, last = (ConsortiumFactory(under_review=True) for _row in range(4))
    client = as_(reviewer)
    address = select(client, Action.RECOMMEND, [good, commented, gone, last])
    rows = rows_of(client.get(address))
    comment_on(commented)
    perform(gone.pk, Action.RECOMMEND, actor=staff(Role.REVIEWER))
    page = client.post(address, {"row": rows})
    assert states(good, commented, gone, last) == [
        Status.RECOMMENDED, Status.UNDER_REVIEW, Status.RECOMMENDED, Status.RECOMMENDED,
    ]  # fmt: skip
    assert [result.consortium for result in page.context["went"]] == [good, last]
    stayed = {result.consortium: result.refusal for result in page.context["stayed"]}
    assert set(stayed) == {commented, gone}
    assert str(staff(Role.REVIEWER)) in stayed[gone]
    assert all(reason in page.text for reason in stayed.values())


def test_the_same_batch_sent_twice_moves_nothing_twice(decider):
    filings = [ready("public_notice") for _row in range(3)]
    client = as_(decider)
    address = select(client, Action.FILE, filings)
    data = {"row": rows_of(client.get(address))}
    client.post(address, data)
    numbers = set(Consortium.objects.values_list("filing_number", flat=True))
    again = client.post(address, data)
    assert again.context["went"] == []
    assert len(again.context["stayed"]) == 3
    assert set(Consortium.objects.values_list("filing_number", flat=True)) == numbers
    for filing in filings:
        assert filing.events.filter(action=Action.FILE).count() == 1


def test_what_is_published_together_stands_in_one_notice(decider):
    first, own, last = (ConsortiumFactory(recommended=True) for _row in range(3))
    Consortium.objects.filter(pk=own.pk).update(recommended_by=decider)
    page = confirm(as_(decider), Action.PUBLISH, [first, own, last])
    notice = PublicNotice.objects.get()
    assert (notice.title, notice.text, notice.published_by) == (*WORDS.values(), decider)
    assert [entry.consortium for entry in notice.entries.all()] == [first, last]
    assert states(own) == [Status.RECOMMENDED]
    assert f"/public-notices/notice-{notice.pk}/" in page.text


def test_a_batch_that_publishes_nothing_leaves_no_notice(decider):
    filing = ConsortiumFactory(recommended=True)
    row = f"{filing.pk}:{filing.version - 1}"
    page = as_(decider).post(f"{LIST}batch/publish/", WORDS | {"row": row})
    assert len(page.context["stayed"]) == 1
    assert not PublicNotice.objects.exists()


def test_a_notice_needs_its_words_and_what_was_ticked_stays_ticked(decider):
    one, other = (ConsortiumFactory(recommended=True) for _row in range(2))
    client = as_(decider)
    address = select(client, Action.PUBLISH, [one, other])
    row = f"{one.pk}:{one.version}"
    page = client.post(address, {"row": row, "title": "", "text": "现予公示。"})
    assert page.context["form"].errors["title"]
    assert "现予公示。" in page.text
    assert [ticked for _row, ticked in page.context["rows"]] == [True]
    assert states(one, other) == [Status.RECOMMENDED] * 2


def test_without_days_of_notice_none_is_written(decider):
    Policy.objects.update(public_notice_days=0)
    filing = ConsortiumFactory(recommended=True)
    client = as_(decider)
    page = client.get(select(client, Action.PUBLISH, [filing]))
    assert "title" not in page.context["form"].fields
    confirm(client, Action.PUBLISH, [filing])
    assert states(filing) == [Status.PUBLIC_NOTICE]
    assert not PublicNotice.objects.exists()


@pytest.mark.parametrize("rows", [[], ["x"], ["1:2:3"], ["999999999999999999:1"], ["9999:1"]])
def test_a_batch_of_nothing_does_nothing(rows, decider):
    page = as_(decider).post(f"{LIST}batch/file/", {"row": rows})
    assert page.status_code == 200
    assert not page.context.get("went")


def test_the_numbers_follow_the_order_of_the_page(decider):
    filings = [ready("public_notice") for _row in range(3)]
    confirm(as_(decider), Action.FILE, reversed(filings))
    serials = [Consortium.objects.get(pk=filing.pk).filing_serial for filing in filings]
    assert serials == sorted(serials)
    assert timezone.localdate().year == Consortium.objects.get(pk=filings[0].pk).filing_year
