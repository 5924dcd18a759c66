"""Reports are owed in a year's time: these tests all happen on 1 June 2027, a Tuesday."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

FIRST_OF_JUNE = datetime(2027, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def first_of_june():
    with time_machine.travel(FIRST_OF_JUNE, tick=False) as clock:
        yield clock
