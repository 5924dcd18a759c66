"""Objections and changes at the bureau's side: read by all officers, closed by the right one."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from filings.models import Change
from filings.operation import close_objection, receive_objection, report_change
from filings.refusals import Conflict
from filings.states import Action, Entry
from filings.transitions import perform
from reviews.services import note_change
from tests.factories import ConsortiumFactory, pdf_bytes, staff
from tests.people import as_

pytestmark = pytest.mark.django_db

OBJECTIONS, CHANGES = "/admin/filings/objection/", "/admin/filings/change/"


def object_to(filing):
    return receive_objection(filing, objector="某单位", contact="x@example.com", text="数据不实。")


def report(filing, **fields):
    lead = filing.lead_unit.memberships.first().user
    return report_change(
        filing,
        user=lead,
        kind="members",
        description="增加一家配套企业。",
        reason="补足装配环节。",
        effective_on=filing.starts_on + timedelta(days=30),
        upload=SimpleUploadedFile("补充协议.pdf", pdf_bytes()),
    )


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
    client.post(address)
    change.refresh_from_db()
    assert change.noted_by == reviewer
    second = client.post(address)
    assert second.context["refusal"]


def test_the_second_to_note_a_change_is_told(change, reviewer):
    opened_before = Change.objects.get(pk=change.pk)
    note_change(change, user=staff(Role.REVIEWER))
    with pytest.raises(Conflict):
        note_change(opened_before, user=reviewer)
    change.refresh_from_db()
    assert change.noted_by == staff(Role.REVIEWER)


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
    assert client.get(CHANGES, {"open": "yes"}).context["cl"].result_list
