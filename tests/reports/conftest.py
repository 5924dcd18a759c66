"""Reports are owed in a year's time: these tests all happen on 1 June 2027, a Tuesday."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from filings.models import Member
from reports.models import UnitPart
from tests.reports.factories import active_of, part_of

FIRST_OF_JUNE = datetime(2027, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def first_of_june():
    with time_machine.travel(FIRST_OF_JUNE, tick=False) as clock:
        yield clock


@pytest.fixture
def part(lead_owner, member_user) -> UnitPart:
    """The part of the member that `member_user` belongs to, in a report that `lead_owner` leads."""
    consortium = active_of(lead_owner)
    unit = member_user.memberships.get().unit
    Member.objects.filter(pk=consortium.members.first().pk).update(unit=unit, name=unit.name)
    return part_of(consortium)
