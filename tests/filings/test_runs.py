"""What the sweeps leave behind: when they ran, what they did, and whether one is missing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from filings import runs
from filings.models import SweepRun
from filings.runs import overdue, recorded
from filings.tasks import sweep

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
ALL = ["filings", "reports", "desk"]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def test_a_run_says_for_which_day_how_long_and_what(time_machine):
    time_machine.move_to(at(2, 0, 5), tick=False)

    def work(day):
        time_machine.shift(timedelta(seconds=90))
        return {"expired": 3}

    assert recorded("filings", work) == {"expired": 3}
    run = SweepRun.objects.get()
    assert (run.name, run.day, run.done) == ("filings", date(2026, 3, 2), {"expired": 3})
    assert run.took == timedelta(seconds=90)


def test_a_run_that_fails_says_why_and_fails():
    def work(day):
        raise RuntimeError("the database is away")

    with pytest.raises(RuntimeError):
        recorded("filings", work)
    run = SweepRun.objects.get()
    assert "the database is away" in run.error
    assert run.finished_at is not None


def test_the_task_and_the_command_leave_a_record():
    sweep()
    call_command("sweep", on="2026-03-02")
    names = SweepRun.objects.order_by("pk").values_list("name", "day")
    today = SweepRun.objects.first().started_at.astimezone(SHANGHAI).date()
    assert list(names)[1:] == [(name, date(2026, 3, 2)) for name in ALL]
    assert SweepRun.objects.filter(name="filings", day=today).count() == 1


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (at(2, 23, 59), []),
        (at(3, 0, 5), []),
        (at(3, 2, 59), []),
        (at(3, 3), ALL),
        (at(9, 9), ALL),
    ],
)
def test_a_sweep_is_overdue_three_hours_into_a_day_that_it_missed(now, late, time_machine):
    time_machine.move_to(at(2, 0, 5), tick=False)
    call_command("sweep")
    assert overdue(now) == late


def test_neither_a_failed_run_nor_one_for_another_day_counts(time_machine):
    time_machine.move_to(at(3, 0, 5), tick=False)
    call_command("sweep", on="2026-03-02")
    recorded("reports", lambda day: {})
    SweepRun.objects.filter(name="reports").update(error="RuntimeError")
    assert overdue(at(3, 9)) == ALL


def test_old_records_go(time_machine):
    time_machine.move_to(at(2, 0, 5), tick=False)
    recorded("filings", lambda day: {})
    time_machine.shift(runs.KEPT + timedelta(days=1))
    recorded("filings", lambda day: {})
    assert SweepRun.objects.count() == 1
