"""Pages of a long list: what is counted, what is read."""

import pytest

from accounts import paging
from accounts.models import Unit
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(monkeypatch):
    monkeypatch.setattr(paging, "MOST", 6)
    return [UnitFactory(name=f"单位{n}") for n in range(8)]


def test_a_short_list_is_counted(units):
    short = paging.CappedPaginator(Unit.objects.filter(pk__lte=units[3].pk).order_by("pk"), 3)
    assert (short.count, short.in_words, short.num_pages) == (4, "4", 2)
    assert list(short.page(2).object_list) == [units[3]]


def test_a_long_list_is_counted_to_its_limit(units):
    long = paging.CappedPaginator(Unit.objects.order_by("-pk"), 3)
    assert (long.count, long.in_words, long.num_pages) == (6, "6+", 2)
    assert list(long.page(2).object_list) == [units[4], units[3], units[2]]


def test_a_page_is_counted_and_read_in_two_questions(units, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = paging.CappedPaginator(Unit.objects.order_by("pk"), 3).page(1)
        assert list(page.object_list) == units[:3]
