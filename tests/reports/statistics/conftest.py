"""A programme to be counted, on the day that all tests of this room happen on."""

import pytest
from django.utils import timezone

from tests.reports.statistics.population import Programme


@pytest.fixture
def programme(db) -> Programme:
    return Programme(40, timezone.localdate())
