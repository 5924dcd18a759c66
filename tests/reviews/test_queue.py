"""The queue: what each officer sees first, and how the list is searched and narrowed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from filings.models import Consortium
from filings.operation import close_objection, receive_objection
from filings.states import Action, Status
from filings.transitions import perform
from reviews.queue import waiting_for
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

QUEUE = "/admin/filings/consortium/"
LONG_AGO = timedelta(days=60)


@pytest.fixture
def one_of_each():
    """A filing in every state; the public notice of one has ended, of another it still runs."""
    today = timezone.localdate()
    filings = {
        str(s): ConsortiumFactory(**{str(s): True}) for s in Status if s != Status.PUBLIC_NOTICE
    }
    filings["notice runs"] = ConsortiumFactory(public_notice=True)
    filings["notice over"] = ConsortiumFactory(public_notice=True, on=today - LONG_AGO)
    return filings


def shown(client, **params) -> set[str]:
    page = client.get(QUEUE, params)
    assert page.status_code == 200
    return {consortium.name for consortium in page.context["cl"].result_list}


@pytest.mark.parametrize(
    ("cast", "waits"),
    [
        ("intake", {"submitted"}),
        ("reviewer", {"under_review"}),
        ("decider", {"recommended", "notice over"}),
    ],
)
def test_the_queue_opens_on_what_waits_for_the_role(cast, waits, one_of_each, request):
    client = as_(request.getfixturevalue(cast))
    assert shown(client) == {one_of_each[key].name for key in waits}


@pytest.mark.parametrize("cast", ["auditor", "administrator"])
def test_who_has_no_queue_sees_all_but_drafts_never_submitted(cast, one_of_each, request):
    seen = shown(as_(request.getfixturevalue(cast)))
    assert seen == {c.name for key, c in one_of_each.items() if key != "draft"}


def test_a_draft_that_was_taken_back_stays_in_sight(auditor, lead_owner):
    filing = ConsortiumFactory(
        submitted=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    perform(filing.pk, Action.WITHDRAW, actor=lead_owner)
    assert shown(as_(auditor), state="draft") == {filing.name}


def test_what_a_decider_recommended_does_not_wait_for_it(decider, decider2, reviewer):
    decider.groups.add(*reviewer.groups.all())
    filing = ConsortiumFactory(under_review=True)
    perform(filing.pk, Action.RECOMMEND, actor=decider)
    assert shown(as_(decider)) == set()
    assert shown(as_(decider2)) == {filing.name}


def test_a_superuser_has_the_queue_of_every_officer(superuser, one_of_each):
    seen = shown(as_(superuser))
    waits = ("submitted", "under_review", "recommended", "notice over")
    assert seen == {one_of_each[key].name for key in waits}


def test_nothing_waits_for_people_without_a_role(one_of_each, auditor, stranger):
    today = timezone.localdate()
    for person in (auditor, stranger):
        assert not Consortium.objects.filter(waiting_for(person, today)).exists()


def test_the_state_filter_follows_the_calendar(auditor):
    filing = ConsortiumFactory(active=True)
    Consortium.objects.filter(pk=filing.pk).update(
        starts_on=timezone.localdate() - timedelta(days=1100),
        ends_on=timezone.localdate() - timedelta(days=1),
    )
    assert shown(as_(auditor), state="expired") == {filing.name}
    assert shown(as_(auditor), state="active") == set()


def test_a_state_is_looked_for_beyond_what_waits(intake):
    running = ConsortiumFactory(active=True)
    ConsortiumFactory(submitted=True)
    client = as_(intake)
    assert shown(client, state="active") == {running.name}
    assert shown(client, state="active", queue="mine") == set()


def test_late_answers_are_found_and_come_first(intake):
    late = ConsortiumFactory(submitted=True, on=timezone.localdate() - LONG_AGO)
    fresh = ConsortiumFactory(submitted=True)
    client = as_(intake)
    assert shown(client, overdue="yes") == {late.name}
    page = client.get(QUEUE)
    assert [c.pk for c in page.context["cl"].result_list] == [late.pk, fresh.pk]


def test_filters_of_field_and_district(auditor):
    filing = ConsortiumFactory(submitted=True, lead_unit__place="320106")
    ConsortiumFactory(submitted=True)
    client = as_(auditor)
    assert shown(client, district="320106") == {filing.name}
    assert shown(client, district="320102") == set()
    assert len(shown(client, field="manufacturing-equipment")) == 2
    assert shown(client, field="steel") == set()


def test_a_search_looks_through_everything(intake):
    filing = ConsortiumFactory(active=True, name="低空飞行创新联合体")
    ConsortiumFactory(submitted=True, name="另一个创新联合体")
    client = as_(intake)
    words = ["低空", filing.filing_number, filing.lead_unit.name, filing.lead_unit.uscc]
    words.append(filing.members.last().name)
    for word in words:
        assert shown(client, q=word) == {filing.name}, word
    assert shown(client, q="低空", queue="mine") == set()


def fill(count: int) -> None:
    for _number in range(count):
        ConsortiumFactory(submitted=True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(rows, intake, django_assert_num_queries):
    fill(rows)
    client = as_(intake)
    client.get(QUEUE)
    with django_assert_num_queries(7):
        assert len(client.get(QUEUE).context["cl"].result_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_asks_a_constant_number_of_questions(rows, intake, django_assert_num_queries):
    fill(rows)
    client = as_(intake)
    client.get(QUEUE)
    with django_assert_num_queries(8):
        assert len(shown(client, q="创新")) == rows


def test_the_overview_counts_what_is_to_be_done(intake, decider, decider2, lead_owner):
    late = ConsortiumFactory(submitted=True, on=timezone.localdate() - LONG_AGO)
    published = ConsortiumFactory(public_notice=True)
    objection = receive_objection(
        published, objector="某单位", contact="x@example.com", text="异议"
    )
    index = "/admin/"

    def counts(client):
        return [card.count for card in client.get(index).context["cards"]]

    # waiting for me, claimed by me, late, objections, changes, summaries, the province, cases
    assert counts(as_(intake)) == [1, 0, 1, 1, 0, 0, 0, 0]
    assert counts(as_(decider)) == [0, 0, 1, 1, 0, 0, 0, 0]
    perform(late.pk, Action.ACCEPT, actor=intake)
    close_objection(objection, user=decider, answer="经核实不成立。", outcome="not_upheld")
    assert counts(as_(intake)) == [0, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_asks_a_constant_number_of_questions(rows, intake, django_assert_num_queries):
    fill(rows)
    client = as_(intake)
    with django_assert_num_queries(15):
        client.get("/admin/")


def test_the_filing_page_names_the_next_one(intake):
    first = ConsortiumFactory(submitted=True, on=timezone.localdate() - LONG_AGO)
    second = ConsortiumFactory(submitted=True)
    page = as_(intake).get(f"{QUEUE}{first.pk}/change/")
    assert page.context["next"] == second
