"""Figures that are read one after the other are all of one moment."""

import threading

import pytest
from django.db import connection

from accounts.models import Unit
from reports.statistics.moment import one_moment
from tests.factories import UnitFactory


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen_and_does_not_wait():
    UnitFactory()

    def write():
        UnitFactory(uscc="91320115XX99999987", name="后来的单位")
        connection.close()

    with one_moment():
        assert Unit.objects.count() == 1
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=15)
        assert not writer.is_alive()
        assert Unit.objects.count() == 1
    assert Unit.objects.count() == 2


@pytest.mark.django_db
def test_within_a_transaction_its_own_rules_hold():
    UnitFactory()
    with one_moment():
        assert Unit.objects.count() == 1
