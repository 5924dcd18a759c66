"""Requests on the bureau's desk: ranked, moved by role, with their basis and their history."""

from decimal import Decimal

import pytest
from django.urls import reverse

from reports.models import SupportRequest
from reports.support.figures import by_kind_and_year
from reports.support.kinds import Kind
from reports.support.states import MOVES, Action, Status
from tests.people import as_
from tests.reports.factories import active_of
from tests.reports.support.factories import REASON, RESULT, move, request_of
from tests.undone import taken_back

pytestmark = pytest.mark.django_db

LIST = "/admin/reports/supportrequest/"
CAST = ("intake", "reviewer", "decider", "auditor", "administrator")
STEPS = [Action.RETURN, Action.ASSESS, Action.RECOMMEND, Action.FORWARD, Action.DECLINE]
SOURCE = {
    Action.RETURN: Status.SUBMITTED,
    Action.ASSESS: Status.SUBMITTED,
    Action.RECOMMEND: Status.ASSESSED,
    Action.FORWARD: Status.ASSESSED,
    Action.DECLINE: Status.ASSESSED,
}
ROLE = {"intake_officer": "intake", "reviewing_officer": "reviewer", "deciding_officer": "decider"}


def step(found, name) -> str:
    return f"{LIST}{found.pk}/{name}/"


def sent(found, **more) -> dict:
    return {"expected_version": found.version, "reason": REASON, **more}


@pytest.mark.parametrize("action", STEPS)
def test_a_step_is_taken_by_its_role_alone(action, lead_owner, request, subtests):
    people = {cast: request.getfixturevalue(cast) for cast in CAST}
    found = request_of(lead_owner, status=SOURCE[action])
    roles = {ROLE[role] for role in MOVES[action].who[SOURCE[action]]}
    for cast, officer in people.items():
        with subtests.test(cast), taken_back():
            answer = as_(officer).post(step(found, action), sent(found))
            status = SupportRequest.objects.get(pk=found.pk).status
            if cast in roles:
                assert answer.status_code == 302
                assert status == MOVES[action].target
            else:
                assert answer.status_code in (200, 404)
                assert status == SOURCE[action]


def test_the_page_shows_request_index_with_basis_and_history(lead_owner, decider):
    found = request_of(lead_owner, status=Status.ASSESSED)
    text = as_(decider).get(f"{LIST}{found.pk}/change/", headers={"Accept-Language": "en"}).text
    for words in (found.title, "30.6", "9.3 / 50.0", "Put up for decision", REASON):
        assert words in text
    page = as_(decider).get(step(found, "recommend"))
    assert REASON in page.text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SUBMITTED, "It waits for: Intake officer / Reviewing officer"),
        (Status.ASSESSED, "It waits for: Deciding officer"),
        (Status.RETURNED, "It waits for the unit that asked to complete it."),
        (Status.RECOMMENDED, "What comes of it is still to be recorded."),
        (Status.GRANTED, ""),
    ],
)
def test_the_page_says_whose_turn_it_is(status, words, lead_owner, auditor):
    found = request_of(lead_owner, status=status)
    page = as_(auditor).get(f"{LIST}{found.pk}/change/", headers={"Accept-Language": "en"})
    assert page.context["notice"] == words
    assert words in page.text


def test_each_cell_of_the_list_names_its_column(lead_owner, auditor):
    request_of(lead_owner, status=Status.SUBMITTED)
    page = as_(auditor).get(LIST).text
    for label in ("年份", "状态", "优先指数", "申请单位", "提交时间"):
        assert f'<td data-label="{label}" class="field-' in page
    assert '<th class="field-name"><a' in page


def test_a_list_loads_no_scripts_of_forms(auditor):
    page = as_(auditor).get(LIST).text
    assert "admin/js/actions" in page
    assert "jquery" not in page
    assert "RelatedObjectLookups" not in page


def test_what_changed_since_the_submission_before_is_shown(lead_owner, reviewer):
    found = request_of(lead_owner, status=Status.RETURNED)
    SupportRequest.objects.filter(pk=found.pk).update(title="改过的名称")
    move(found, Action.SUBMIT, lead_owner)
    (change,) = as_(reviewer).get(f"{LIST}{found.pk}/change/").context["changes"]
    assert change.after == "改过的名称"


def test_a_second_officer_is_told_who_was_quicker_and_keeps_the_text(lead_owner, decider, decider2):
    found = request_of(lead_owner, status=Status.ASSESSED)
    as_(decider).post(step(found, "recommend"), sent(found))
    page = as_(decider2).post(step(found, "decline"), sent(found))
    assert str(decider) in page.context["refusal"]
    assert REASON in page.text
    found.refresh_from_db()
    assert found.status == Status.RECOMMENDED


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (Kind.TASK, {"result_number"}),
        (Kind.CITY_PROJECT, {"result_number", "result_amount"}),
        (Kind.FINANCING, {"result_institution", "result_amount"}),
        (Kind.TALENT_PLAN, set()),
    ],
)
def test_a_result_says_at_the_field_what_its_kind_needs(kind, missing, lead_owner, reviewer):
    found = request_of(lead_owner, kind=kind, status=Status.RECOMMENDED)
    client = as_(reviewer)
    page = client.post(step(found, "result"), sent(found, outcome="grant", result_year="2027"))
    if missing:
        assert set(page.context["form"].errors) == missing
        given = {name: str(value) for name, value in RESULT.items()}
        client.post(step(found, "result"), sent(found, outcome="grant", **given))
    found.refresh_from_db()
    assert (found.status, found.result_year) == (Status.GRANTED, 2027)
    assert found.result_amount == (Decimal("300.00") if missing else None)


def test_what_was_not_granted_needs_its_reason(lead_owner, reviewer):
    found = request_of(lead_owner, status=Status.FORWARDED)
    client = as_(reviewer)
    page = client.post(step(found, "result"), sent(found, outcome="fail") | {"reason": ""})
    assert "reason" in page.context["form"].errors
    client.post(step(found, "result"), sent(found, outcome="fail"))
    found.refresh_from_db()
    assert found.status == Status.NOT_GRANTED


def test_the_list_is_ranked_by_index_and_filtered_by_round(lead_owner, intake):
    low = request_of(lead_owner, status=Status.SUBMITTED)
    strong = active_of(lead_owner, lead_revenue=Decimal("900000.00"))
    high = request_of(lead_owner, consortium=strong, status=Status.SUBMITTED)
    request_of(lead_owner, kind=Kind.FINANCING, status=Status.SUBMITTED)
    request_of(lead_owner)
    client = as_(intake)
    round_ = {"kind__exact": Kind.TASK.value, "year": "2027", "status__exact": "submitted"}
    listed = client.get(LIST, round_).context["cl"].result_list
    assert [found.pk for found in listed] == [high.pk, low.pk]
    assert client.get(LIST).context["cl"].result_count == 3


def test_a_draft_is_not_the_bureaus_to_see(lead_owner, superuser):
    found = request_of(lead_owner)
    answer = as_(superuser).get(f"{LIST}{found.pk}/change/")
    assert answer.status_code in (302, 404)
    assert as_(superuser).get(reverse("support:pdf", args=[found.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many(
    rows, lead_owner, auditor, django_assert_num_queries
):
    for _row in range(rows):
        request_of(lead_owner, status=Status.SUBMITTED)
    client = as_(auditor)
    client.get(LIST)
    with django_assert_num_queries(5):
        page = client.get(LIST)
    assert len(page.context["cl"].result_list) == rows


def test_the_figures_add_up(lead_owner):
    request_of(lead_owner)
    for status in (Status.SUBMITTED, Status.GRANTED, Status.NOT_GRANTED, Status.DECLINED):
        request_of(lead_owner, status=status)
    request_of(lead_owner, kind=Kind.TALENT_PLAN, status=Status.GRANTED)
    talents, tasks = sorted(by_kind_and_year(year=2027), key=lambda f: f.asked)
    assert (tasks.kind, tasks.asked, tasks.supported) == (Kind.TASK, 4, 2)
    assert (tasks.declined, tasks.granted) == (1, 1)
    assert (tasks.funds_wanted, tasks.amount_granted) == (Decimal("2000.00"), Decimal("300.00"))
    assert (talents.kind, talents.funds_wanted) == (Kind.TALENT_PLAN, Decimal("0.00"))
    assert by_kind_and_year(year=2020) == []


@pytest.mark.parametrize("years", [1, 3])
def test_the_figures_are_one_query(years, lead_owner, django_assert_num_queries):
    for year in range(years):
        request_of(lead_owner, status=Status.SUBMITTED)
        SupportRequest.objects.filter(year=2027).update(year=2020 + year)
    with django_assert_num_queries(1):
        assert len(by_kind_and_year()) == years


@pytest.mark.parametrize(
    ("status", "whose"),
    [
        (Status.SUBMITTED, {"intake", "reviewer"}), (Status.ASSESSED, {"decider"}),
        (Status.RETURNED, set()), (Status.DECLINED, set()),
    ],
)  # fmt: skip
def test_the_overview_tells_each_officer_what_waits(status, whose, lead_owner, request, subtests):
    people = {cast: request.getfixturevalue(cast) for cast in CAST}
    request_of(lead_owner, status=status)
    for cast, officer in people.items():
        with subtests.test(cast), taken_back():
            client = as_(officer)
            waiting = [card for card in client.get("/admin/").context["cards"] if LIST in card.url]
            assert [card.count for card in waiting] == ([1] if cast in whose else [])
            listed = client.get(LIST, {"turn": "mine"}).context["cl"].result_count
            assert listed == (1 if cast in whose else 0)
