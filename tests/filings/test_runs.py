"""What the sweeps leave behind: when they ran, what they did, and whether one is missing."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from filings import runs
from filings.models import SweepRun
from filings.runs import DONE, next_runs, overdue, overdue_in_words, recorded
from filings.tasks import sweep
from tests.people import as_

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
    with pytest.raises(RuntimeError):
        recorded("filings", failing)
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


@pytest.mark.parametrize(
    ("now", "times"),
    [
        (at(2, 0, 0), [(0, 5), (0, 15), (0, 25)]),
        (at(2, 0, 10), [(0, 15), (0, 25), (1, 5)]),
        (at(2, 23, 50), [(0, 5), (0, 15), (0, 25)]),
    ],
)
def test_the_next_runs_are_those_of_beats_schedule_in_shanghai(now, times):
    runs_to_come = next_runs(now.astimezone(UTC))
    assert [(run.hour, run.minute) for _name, run in runs_to_come] == times
    assert all(now < run <= now + timedelta(hours=1) for _name, run in runs_to_come)
    assert len({name for name, _run in runs_to_come}) == len(ALL)


def test_what_a_sweep_counts_has_words():
    sweep()
    call_command("sweep")
    assert {name for run in SweepRun.objects.all() for name in run.done} <= set(DONE)


def test_the_workbench_warns_of_a_sweep_that_is_overdue_and_shows_what_failed(auditor):
    client, english = as_(auditor), {"Accept-Language": "en"}
    page = client.get("/admin/", headers=english)
    assert page.context["overdue_sweeps"] == overdue_in_words()
    assert "The nightly work is overdue" in page.text
    with pytest.raises(RuntimeError):
        recorded("filings", failing)
    address = "/admin/filings/sweeprun/"
    listed = client.get(address, {"outcome": "failed"}, headers=english)
    assert listed.context["cl"].result_count == 1
    assert "the database is away" in listed.text
    assert "Next runs" in listed.text
    assert client.get(address, {"outcome": "through"}).context["cl"].result_count == 0
    call_command("sweep")
    assert client.get(address, {"outcome": "through"}).context["cl"].result_count == len(ALL)
    assert "The nightly work is overdue" not in client.get("/admin/", headers=english).text


def failing(day):
    raise RuntimeError("the database is away")
