"""A view of the queue under a name: saved, found again as a chip, replaced, deleted; one's own."""

import pytest

from reviews import saved_filters
from reviews.models import SavedFilter
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

LIST = "/admin/filings/consortium/"


def save(client, name: str, query: str):
    return client.post(f"{LIST}filters/", {"name": name, "query": query}, follow=True)


def test_a_filter_is_saved_and_found_again(intake, reviewer):
    filing = ConsortiumFactory(submitted=True, lead_unit__place="320106")
    client = as_(intake)
    save(client, "  鼓楼  待受理 ", "?district=320106&state=submitted&p=3&e=1&unknown=x")
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("鼓楼 待受理", "state=submitted&district=320106")
    page = client.get(f"{LIST}?{kept.query}")
    assert [c.pk for c in page.context["cl"].result_list] == [filing.pk]
    assert "chip-now" in page.text
    assert "chip-now" not in client.get(LIST).text
    assert kept.name in client.get(LIST).text
    assert kept.name not in as_(reviewer).get(LIST).text


def test_a_name_that_is_taken_is_replaced(intake):
    save(as_(intake), "迟", "overdue=yes")
    save(as_(intake), "迟", "overdue=soon")
    assert SavedFilter.objects.get().query == "overdue=soon"


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("", "state=submitted"),
        ("  ", "q=减速器"),
        ("全部", ""),
        ("全部", "p=2"),
        ("长", "q=" + "长" * 500),
    ],
)
def test_what_can_not_be_saved_is_said(name, query, intake):
    page = save(as_(intake), name, query)
    assert [m.level_tag for m in page.context["messages"]] == ["error"]
    assert not SavedFilter.objects.exists()


def test_there_is_a_most(intake, monkeypatch):
    monkeypatch.setattr(saved_filters, "MOST", 1)
    save(as_(intake), "一", "state=submitted")
    save(as_(intake), "二", "state=submitted")
    save(as_(intake), "一", "state=active")
    assert list(SavedFilter.objects.values_list("name", "query")) == [("一", "state=active")]


def test_only_ones_own_filter_is_deleted(intake, reviewer):
    kept = saved_filters.save(intake, "迟", "overdue=yes")
    address = f"{LIST}filters/{kept.pk}/delete/"
    assert as_(reviewer).post(address).status_code == 404
    assert as_(intake).get(address).status_code == 404
    assert as_(intake).post(address).status_code == 302
    assert not SavedFilter.objects.exists()


def test_the_auditor_saves_nothing(auditor):
    assert as_(auditor).post(f"{LIST}filters/", {"name": "a", "query": "q=bb"}).status_code == 404


def test_a_name_is_only_text(intake):
    save(as_(intake), "<script>alert(1)</script>", "q=减速器")
    assert "<script>alert(1)" not in as_(intake).get(LIST).text
