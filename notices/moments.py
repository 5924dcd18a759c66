"""When something may go out, by the clock of Shanghai. Pure: a moment in, a moment out."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = time(8)
EVENING = time(21)


def next_morning(now: datetime) -> datetime:
    """The next 08:00 after `now`: what is written at 08:00 itself waits a day."""
    here = now.astimezone(SHANGHAI)
    morning = datetime.combine(here.date(), MORNING, SHANGHAI)
    return morning if here < morning else morning + timedelta(days=1)


def awake(now: datetime) -> datetime:
    """`now` between 08:00 and 21:00, else the next 08:00: nobody's telephone rings at night."""
    clock = now.astimezone(SHANGHAI).time()
    return now if MORNING <= clock < EVENING else next_morning(now)
