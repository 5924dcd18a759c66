"""Objections and changes at the bureau's side: read by all officers, closed by the right one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from filings.change_transitions import perform as take
from filings.operation import close_objection, receive_objection
from filings.states import Action, Entry
from filings.transitions import perform
from tests.changes import drafted, reported
from tests.factories import ConsortiumFactory, staff
from tests.people import as_

pytestmark = pytest.mark.django_db

OBJECTIONS, CHANGES = "/admin/filings/objection/", "/admin/filings/change/"


def object_to(filing):
    return receive_objection(filing, objector="某单位", contact="x@example.com", text="数据不实。")


def report(filing, **fields):
    lead = filing.lead_unit.memberships.first().user
    day = filing.starts_on + timedelta(days=30)
    return reported(filing, user=lead, **{"effective_on": day} | fields)


@pytest.fixture
def objection(db):
    return object_to(ConsortiumFactory(public_notice=True))


@pytest.fixture
def change(db):
    return report(ConsortiumFactory(active=True))


def test_an_objection_is_answered_and_closed(objection, decider):
    address = f"{OBJECTIONS}{objection.pk}/answer/"
    client = as_(decider)
    assert "数据不实。" in client.get(f"{OBJECTIONS}{objection.pk}/change/").text
    assert client.post(address, {"text": " ", "outcome": "upheld"}).context["form"].errors
    client.post(address, {"text": "经核实，数据属实。", "outcome": "not_upheld"})
    objection.refresh_from_db()
    assert (objection.answer, objection.closed_by) == ("经核实，数据属实。", decider)
    assert objection.outcome == "not_upheld"
    assert objection.consortium.events.last().action == Entry.OBJECTION_CLOSED


@pytest.mark.parametrize("cast", ["intake", "reviewer", "auditor", "administrator"])
def test_only_deciding_officers_answer(cast, objection, request):
    client = as_(request.getfixturevalue(cast))
    page = client.get(f"{OBJECTIONS}{objection.pk}/change/")
    assert page.status_code == 200
    assert page.context["buttons"] == []
    assert client.post(f"{OBJECTIONS}{objection.pk}/answer/", {"text": "x"}).status_code == 404
    objection.refresh_from_db()
    assert objection.closed_at is None


@pytest.mark.parametrize("cast", ["decider", "superuser"])
def test_who_recommended_does_not_answer_the_objection(cast, request, decider2):
    both = request.getfixturevalue(cast)
    both.groups.add(*staff(Role.REVIEWER).groups.all())
    filing = ConsortiumFactory(under_review=True)
    perform(filing.pk, Action.RECOMMEND, actor=both)
    perform(filing.pk, Action.PUBLISH, actor=decider2)
    objection = object_to(filing)
    page = as_(both).post(
        f"{OBJECTIONS}{objection.pk}/answer/", {"text": "不成立。", "outcome": "not_upheld"}
    )
    assert page.status_code == 200
    assert page.context["refusal"]
    assert "不成立。" in page.text
    objection.refresh_from_db()
    assert objection.closed_at is None


def test_the_second_answer_is_told_of_the_first(objection, decider, decider2):
    close_objection(objection, user=decider2, answer="不成立。", outcome="not_upheld")
    page = as_(decider).post(
        f"{OBJECTIONS}{objection.pk}/answer/", {"text": "成立。", "outcome": "upheld"}
    )
    assert str(decider2) in page.text
    objection.refresh_from_db()
    assert objection.answer == "不成立。"


def test_a_change_is_noted_once(change, reviewer):
    address = f"{CHANGES}{change.pk}/note/"
    client = as_(reviewer)
    assert client.get(address).status_code == 200
    change.refresh_from_db()
    assert change.noted_at is None  # looking is not noting
    client.post(address, {"expected_version": change.version})
    change.refresh_from_db()
    assert (change.noted_by, change.status) == (reviewer, "noted")
    second = client.post(address, {"expected_version": change.version})
    assert second.context["refusal"]


def test_the_second_to_note_a_change_is_told(change, reviewer):
    seen = {"expected_version": change.version, "reason": "请补盖公章。"}
    take(change.pk, "note", actor=staff(Role.REVIEWER))
    for step in ("note", "return"):
        page = as_(reviewer).post(f"{CHANGES}{change.pk}/{step}/", seen)
        assert str(staff(Role.REVIEWER)) in page.context["refusal"]
    change.refresh_from_db()
    assert change.noted_by == staff(Role.REVIEWER)


def test_a_change_is_read_with_before_and_after_its_papers_and_findings(change, auditor):
    text = as_(auditor).get(f"{CHANGES}{change.pk}/change/").text
    for shown in (
        "理事会每月召开会议",
        "补充协议.pdf",
        change.consortium.lead_unit.name,
        change.reason,
    ):
        assert shown in text
    paper = change.supplementary_agreement_id
    assert reverse("filings:document_inline", args=[change.consortium_id, paper]) in text


def test_a_change_is_returned_with_what_to_mend(change, reviewer):
    client, address = as_(reviewer), f"{CHANGES}{change.pk}/return/"
    seen = {"expected_version": change.version}
    assert client.post(address, seen | {"reason": " "}).context["form"].errors
    client.post(address, seen | {"reason": "请补盖公章。"})
    change.refresh_from_db()
    assert (change.status, change.to_mend) == ("returned", "请补盖公章。")
    waiting = client.get(CHANGES, {"status": "reported"}).context["cl"]
    assert waiting.result_count == 0


def test_what_was_never_reported_is_not_the_bureaus(auditor):
    filing = ConsortiumFactory(active=True)
    draft = drafted(filing, user=filing.lead_unit.memberships.first().user)
    client = as_(auditor)
    assert client.get(CHANGES).context["cl"].result_count == 0
    assert client.get(f"{CHANGES}{draft.pk}/change/").status_code == 302


@pytest.mark.parametrize("cast", ["intake", "decider", "auditor", "administrator"])
def test_only_reviewing_officers_note_changes(cast, change, request):
    client = as_(request.getfixturevalue(cast))
    assert client.get(f"{CHANGES}{change.pk}/change/").status_code == 200
    assert client.post(f"{CHANGES}{change.pk}/note/").status_code == 404
    change.refresh_from_db()
    assert change.noted_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_both_lists_ask_a_constant_number_of_questions(rows, decider, django_assert_num_queries):
    for _number in range(rows):
        object_to(ConsortiumFactory(public_notice=True))
        report(ConsortiumFactory(active=True))
    client = as_(decider)
    for address in (OBJECTIONS, CHANGES):
        client.get(address)
        with django_assert_num_queries(4):
            page = client.get(address)
        assert len(page.context["cl"].result_list) == rows


def test_the_lists_can_show_what_is_open(objection, change, decider):
    client = as_(decider)
    close_objection(objection, user=decider, answer="不成立。", outcome="not_upheld")
    assert not client.get(OBJECTIONS, {"open": "yes"}).context["cl"].result_list
    assert client.get(OBJECTIONS, {"open": "no"}).context["cl"].result_list
    assert client.get(CHANGES, {"status": "reported"}).context["cl"].result_list
