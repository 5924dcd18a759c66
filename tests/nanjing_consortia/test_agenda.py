"""The page of deadlines: what my units owe and what ends for them; for an officer what waits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from filings.models import Consortium, CreditCase
from tests.factories import ConsortiumFactory, upheld_case
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

PAGE = "/calendar/"
ENGLISH = {"Accept-Language": "en"}


def led(user, **fields) -> Consortium:
    return ConsortiumFactory(lead_unit=user.memberships.get().unit, created_by=user, **fields)


def rows(page) -> list:
    return [row["deadline"] for _month, found in page.context["months"] for row in found]


def kinds(page) -> set[str]:
    return {deadline.kind.value for deadline in rows(page)}


def test_it_lists_what_each_room_knows_month_by_month(lead_owner, lead_reader):
    report = report_of(lead_owner)
    led(lead_owner, returned=True)
    upheld_case(report.consortium)
    CreditCase.objects.update(outcome=CreditCase.Outcome.OPEN)
    for user in (lead_owner, lead_reader):
        page = as_(user).get(PAGE, headers=ENGLISH)
        assert kinds(page) == {"report", "expiry", "correction", "statement"}
        months = [month for month, _rows in page.context["months"]]
        assert months == sorted(months)
        assert "until 24:00, Shanghai time" in page.text


def test_what_is_overdue_is_called_so_and_what_comes_by_itself_asks_nobody(lead_owner):
    upheld_case(led(lead_owner, active=True))
    yesterday = timezone.localdate() - timedelta(days=1)
    CreditCase.objects.update(outcome=CreditCase.Outcome.OPEN, statement_due_on=yesterday)
    page = as_(lead_owner).get(PAGE, headers=ENGLISH)
    assert "Overdue" in page.text
    assert "Comes by itself" in page.text


def test_it_shows_nothing_of_others(lead_owner, lead2_owner, stranger):
    led(lead_owner, returned=True)
    for other in (lead2_owner, stranger):
        page = as_(other).get(PAGE, headers=ENGLISH)
        assert rows(page) == []
        assert "Nothing is due" in page.text


def test_an_officer_sees_its_own_turn(intake, reviewer):
    consortium = ConsortiumFactory(submitted=True)
    (found,) = rows(as_(intake).get(PAGE))
    assert found.url == reverse("admin:filings_consortium_change", args=[consortium.pk])
    assert rows(as_(reviewer).get(PAGE)) == []


def test_an_officer_may_ask_for_one_filing_or_one_unit(auditor, lead_owner):
    consortium = led(lead_owner, returned=True)
    ConsortiumFactory(submitted=True)
    client = as_(auditor)
    assert kinds(client.get(PAGE, {"filing": consortium.pk})) == {"correction"}
    assert kinds(client.get(PAGE, {"unit": consortium.lead_unit_id})) == {"correction"}
    desk = client.get(f"/admin/filings/consortium/{consortium.pk}/change/").text
    assert f"{PAGE}?filing={consortium.pk}" in desk


@pytest.mark.parametrize("given", ["x", "0", "9" * 30, "²", "-1"])
@pytest.mark.parametrize("name", ["filing", "unit"])
def test_what_there_is_not_is_not_found(name, given, auditor):
    assert as_(auditor).get(PAGE, {name: given}).status_code == 404


def test_a_draft_is_not_the_bureaus_to_ask_for(auditor, lead_owner):
    assert as_(auditor).get(PAGE, {"filing": led(lead_owner).pk}).status_code == 404


def test_who_is_no_officer_gets_its_own_whatever_it_asks_for(lead_owner, lead2_owner):
    consortium = led(lead_owner, returned=True)
    assert rows(as_(lead2_owner).get(PAGE, {"filing": consortium.pk})) == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_many(count, lead_owner, django_assert_num_queries):
    for _number in range(count):
        led(lead_owner, returned=True)
        report_of(lead_owner)
    client = as_(lead_owner)
    with django_assert_num_queries(14):
        page = client.get(PAGE)
    assert len(rows(page)) == 3 * count


def test_the_days_left_are_working_days_or_days_as_the_deadline_is_set(lead_owner, time_machine):
    consortium = led(lead_owner, active=True)
    last = consortium.ends_on - timedelta(days=9)
    time_machine.move_to(timezone.make_aware(timezone.datetime(last.year, last.month, last.day, 9)))
    assert "9 days left" in as_(lead_owner).get(PAGE, headers=ENGLISH).text
