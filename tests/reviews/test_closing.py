"""Closing summaries at the bureau: read as handed in, noted, counted; drafts stay with their lead."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from filings.models import ClosingSummary, Consortium
from tests.endings import begun, handed_in
from tests.factories import TEXT, ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 4)  # ends on 2029-03-04
LIST = "/admin/filings/closingsummary/"


@pytest.fixture(autouse=True)
def near_the_end():
    with time_machine.travel("2029-01-04T09:00:00+08:00", tick=False) as clock:
        yield clock


def of(user) -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(active=True, lead_unit=unit, created_by=user, on=FILED_ON)


def page_of(summary: ClosingSummary, page: str = "change") -> str:
    return reverse(f"admin:filings_closingsummary_{page}", args=[summary.pk])


def card(client, part: str) -> int:
    cards = client.get("/admin/").context["cards"]
    return next(card.count for card in cards if part in card.url)


def test_an_officer_reads_it_as_handed_in_and_takes_note(lead_owner, reviewer):
    consortium = of(lead_owner)
    client = as_(reviewer)
    summary = begun(consortium, lead_owner)
    assert client.get(page_of(summary)).status_code in (302, 404)
    assert list(client.get(LIST).context["cl"].result_list) == []
    handed_in(consortium, lead_owner)
    assert card(client, "closingsummary") == 1
    page = client.get(page_of(summary)).text
    for text in (TEXT, "检测报告编号", "完成量产验证", "甲示例"):
        assert text in page
    desk = reverse("admin:filings_consortium_change", args=[consortium.pk])
    assert page_of(summary) in client.get(desk).text
    assert client.get(page_of(summary, "note")).status_code == 200
    client.post(page_of(summary, "note"))
    summary.refresh_from_db()
    assert summary.noted_by == reviewer
    assert card(client, "closingsummary") == 0
    # Noted once; a second press is told so.
    client.post(page_of(summary, "note"))
    summary.refresh_from_db()
    assert summary.noted_by == reviewer


def test_only_a_reviewing_officer_takes_note(lead_owner, intake, decider, auditor):
    summary = handed_in(of(lead_owner), lead_owner).summary
    for user in (intake, decider, auditor):
        assert as_(user).get(page_of(summary)).status_code == 200
        assert as_(user).post(page_of(summary, "note")).status_code == 404
    summary.refresh_from_db()
    assert summary.noted_at is None


def test_the_list_of_filings_tells_whose_summary_is_in_and_whose_is_missing(
    lead_owner, reviewer, near_the_end
):
    done, owing = of(lead_owner), of(lead_owner)
    begun(owing, lead_owner)
    handed_in(done, lead_owner)

    def found(value: str) -> set:
        page = as_(reviewer).get(f"/admin/filings/consortium/?queue=all&closing={value}")
        return {consortium.pk for consortium in page.context["cl"].result_list}

    assert found("in") == {done.pk}
    assert found("missing") == {owing.pk}
    near_the_end.move_to("2031-01-04T09:00:00+08:00")
    assert found("missing") == {owing.pk}
    near_the_end.move_to("2028-06-01T09:00:00+08:00")
    assert found("missing") == set()


def test_the_list_costs_the_same_for_one_and_for_many(
    lead_owner, reviewer, django_assert_num_queries
):
    client = as_(reviewer)
    costs = []
    for more in (1, 3):
        for _one in range(more):
            handed_in(of(lead_owner), lead_owner)
        client.get(LIST)
        with django_assert_num_queries(10, exact=False) as captured:
            assert client.get(LIST).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
