"""Before a call is published it is seen who will owe the report and who will not, and why."""

from datetime import date

import pytest
from django.urls import reverse

from filings.models import Consortium
from reports.calls import owed_by
from reports.owing import exempt, owing, reason
from tests.factories import ConsortiumFactory
from tests.people import as_
from tests.reports.factories import FILED_ON, ReportCallFactory, active_of

pytestmark = pytest.mark.django_db


def page_of(call, user, query: str = ""):
    return as_(user).get(reverse("admin:reports_reportcall_owing", args=[call.pk]) + query)


def test_who_owes_it_is_told_why(auditor):
    consortium = active_of()
    call = ReportCallFactory()
    page = page_of(call, auditor)
    [(listed, why)] = page.context["rows"]
    assert listed == consortium
    assert "2026年度处于建设期" in str(why)
    assert (page.context["owed_count"], page.context["exempt_count"]) == (1, 0)


@pytest.mark.parametrize(
    ("state", "on", "words"),
    [
        ("active", date(2027, 1, 4), "晚于2026年度"),
        ("terminated", FILED_ON, "提前终止"),
        ("revoked", FILED_ON, "被取消资格"),
    ],
)
def test_who_owes_nothing_is_told_why(state, on, words, auditor):
    consortium = ConsortiumFactory(**{state: True}, on=on)
    page = page_of(ReportCallFactory(), auditor, "?owes=no")
    [(listed, why)] = page.context["rows"]
    assert listed == consortium
    assert words in str(why)


@pytest.mark.parametrize(("year", "words"), [(2028, "早于报告开放填报日"), (2030, "早于2030年度")])
def test_a_term_that_is_over_by_then_owes_nothing(year, words):
    consortium = active_of()
    assert consortium.ends_on == date(2029, 3, 2)
    call = ReportCallFactory(reporting_year=year, opens_on=date(year + 1, 6, 1))
    assert not owing(call).exists()
    assert list(exempt(call)) == [consortium]
    assert words in str(reason(consortium, call))


def test_what_never_was_filed_is_on_neither_list():
    ConsortiumFactory(submitted=True)
    call = ReportCallFactory()
    assert not owing(call).exists()
    assert not exempt(call).exists()


def test_everybody_filed_is_on_one_of_the_lists():
    for state in ("active", "terminated", "revoked"):
        ConsortiumFactory(**{state: True}, on=FILED_ON)
    active_of(on=date(2027, 1, 4))
    call = ReportCallFactory()
    found = sorted([*owing(call), *exempt(call)], key=lambda c: c.pk)
    assert found == list(Consortium.objects.registered().order_by("pk"))
    assert set(owing(call)) == set(owed_by(call))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("owes", ["", "?owes=no"])
def test_the_page_takes_the_same_queries_however_many(
    owes, rows, auditor, django_assert_num_queries
):
    for _row in range(rows):
        active_of()
        active_of(on=date(2027, 1, 4))
    call, client = ReportCallFactory(), as_(auditor)
    address = reverse("admin:reports_reportcall_owing", args=[call.pk]) + owes
    with django_assert_num_queries(9):
        page = client.get(address)
    assert len(page.context["rows"]) == rows
