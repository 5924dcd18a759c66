"""Decisions on single filings: what rejecting and publishing ask for, and the lists of both."""

import pytest

from filings.guideline import grounds
from filings.models import Letter, PublicNotice
from filings.states import Action, Status
from filings.transitions import perform
from tests.factories import ConsortiumFactory
from tests.people import as_
from tests.reviews.test_moves import address, buttons, post

pytestmark = pytest.mark.django_db

LETTERS, NOTICES = "/admin/filings/letter/", "/admin/filings/publicnotice/"


@pytest.mark.parametrize("state", ["recommended", "public_notice"])
def test_a_rejection_keeps_clause_and_reason(state, decider):
    filing = ConsortiumFactory(**{state: True})
    page = post(as_(decider), filing, Action.REJECT, clause="3.4", reason="牵头单位不符合条件。")
    assert page.headers["Location"] == address(filing)
    filing.refresh_from_db()
    assert filing.status == Status.REJECTED
    event = filing.events.last()
    assert (event.data["clause"], event.reason) == ("3.4", "牵头单位不符合条件。")
    letter = filing.letters.get()
    assert (event.data["letter"], letter.clause) == (letter.number, "3.4")
    assert "3.4" in as_(decider).get(f"{address(filing)}?tab=history").text


@pytest.mark.parametrize("missing", ["clause", "reason"])
def test_a_rejection_asks_for_clause_and_reason(missing, decider):
    filing = ConsortiumFactory(recommended=True)
    page = post(as_(decider), filing, Action.REJECT, **{missing: ""})
    assert list(page.context["form"].errors) == [missing]
    assert "error-summary" in page.text
    filing.refresh_from_db()
    assert filing.status == Status.RECOMMENDED


def test_the_clauses_to_choose_from_are_the_guidelines(decider):
    filing = ConsortiumFactory(recommended=True)
    form = as_(decider).get(address(filing, "reject")).context["form"]
    assert [value for value, _label in form.fields["clause"].choices] == ["", *grounds()]
    assert post(as_(decider), filing, Action.REJECT, clause="9.9").context["form"].errors["clause"]


def test_publishing_one_asks_for_the_words_of_its_notice(decider):
    filing = ConsortiumFactory(recommended=True)
    form = as_(decider).get(address(filing, "publish")).context["form"]
    assert filing.name in form["title"].value()
    post(as_(decider), filing, Action.PUBLISH, title="关于一家的公示", text="予以公示。")
    notice = PublicNotice.objects.get()
    assert (notice.title, notice.text) == ("关于一家的公示", "予以公示。")
    assert notice.entries.get().consortium == filing


def test_an_upheld_objection_leaves_only_rejecting(decider):
    filing = ConsortiumFactory(public_notice=True)
    objection = filing.objections.create(objector="某", contact="x", text="异议")
    given = {"text": "成立。", "outcome": "upheld"}
    as_(decider).post(f"/admin/filings/objection/{objection.pk}/answer/", given)
    shown = buttons(as_(decider), filing)
    assert shown["file"]
    assert shown["reject"] == ""


@pytest.fixture
def decided(decider):
    """Makes so many filings rejected, each with a notice and a letter."""

    def make(rows: int):
        for _row in range(rows):
            filing = ConsortiumFactory(public_notice=True)
            perform(filing.pk, Action.REJECT, actor=decider, reason="不符合。", clause="3.1")

    return make


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [(LETTERS, 5), (NOTICES, 4)])
def test_the_lists_ask_a_constant_number_of_questions(
    page, queries, rows, decided, auditor, django_assert_num_queries
):
    decided(rows)
    client = as_(auditor)
    client.get(page)
    with django_assert_num_queries(queries):
        assert len(client.get(page).context["cl"].result_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_objections_ask_a_constant_number_of_questions(
    rows, auditor, django_assert_num_queries
):
    for _row in range(rows):
        filing = ConsortiumFactory(public_notice=True)
        filing.objections.create(objector="某", contact="x", text="异议")
    client = as_(auditor)
    client.get("/admin/filings/objection/")
    with django_assert_num_queries(4):
        page = client.get("/admin/filings/objection/")
        assert len(page.context["cl"].result_list) == rows


def test_letters_and_notices_lead_to_what_they_are_about(decided, auditor):
    decided(1)
    letter, notice = Letter.objects.get(), PublicNotice.objects.get()
    page = as_(auditor).get(f"{LETTERS}{letter.pk}/change/").text
    assert f"/filings/{letter.consortium_id}/letters/{letter.pk}.pdf" in page
    page = as_(auditor).get(f"{NOTICES}{notice.pk}/change/").text
    assert f"/public-notices/notice-{notice.pk}/" in page
    assert letter.consortium.name in page
