"""The night of a broken machine: real workers are killed in the middle of a sweep, again and again,
and the broker is started anew. What the sweep does still happens once."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta

import pytest
from celery import Celery
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from filings.models import Consortium, Event, SweepRun
from filings.states import Status
from notices.models import Message
from tests.many import filed
from tests.nanjing_consortia.outside import free_port

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

DUE, SOON = 10_000, 1_000
KILLS = 20
PATIENCE = 300


class Process:
    """A process in a group of its own, which can be killed with all that it started."""

    def __init__(self, command: list[str], log, environment: dict | None = None):
        self.command, self.log, self.environment = command, log, environment
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )  # fmt: skip

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def night(tmp_path):
    """Two workers and a broker of their own, over the database of the test."""
    port = free_port()
    made = connection.settings_dict
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"postgres://{made['USER']}@{made['HOST']}:{made['PORT']}/{made['NAME']}",
        "REDIS_URL": f"redis://127.0.0.1:{port}",
        "DATA_DIR": str(tmp_path / "data"),
    }
    environment.pop("PYTEST_XDIST_WORKER", None)
    redis = [
        "redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path),
        "--appendonly", "yes", "--save", "",
    ]  # fmt: skip
    worker = [
        sys.executable, "-W", "ignore", "-m", "celery", "--app", "nanjing_consortia", "worker",
        "--concurrency", "1", "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    with open(tmp_path / "log", "w") as log:
        broker = Process(redis, log)
        workers = [Process(worker, log, environment) for _worker in range(2)]
        try:
            yield Night(
                Celery(broker=environment["REDIS_URL"], set_as_current=False), broker, workers
            )
        finally:
            for process in (*workers, broker):
                process.kill()


@dataclass
class Night:
    celery: Celery
    broker: Process
    workers: list[Process]

    def ask(self) -> None:
        """What beat does every hour; a broker that is just starting is asked again."""
        self.celery.send_task("filings.tasks.sweep", retry=True)


def left() -> int:
    return Consortium.objects.filter(status=Status.ACTIVE, ends_on__lt=timezone.localdate()).count()


def test_each_thing_happens_once_whatever_breaks(night):
    assert shutil.which("redis-server")
    today = timezone.localdate()
    filed(DUE + SOON, ends_on=today - timedelta(days=1))
    running = Consortium.objects.order_by("pk")[:SOON]
    Consortium.objects.filter(pk__in=running).update(ends_on=today + timedelta(days=30))
    chance = random.Random(20261124)
    kills, end = 0, time.monotonic() + PATIENCE
    night.ask()
    while (left() or kills < KILLS) and time.monotonic() < end:
        night.ask()
        time.sleep(chance.uniform(0.05, 1.5))
        if kills < KILLS:
            worker = chance.choice(night.workers)
            worker.kill()
            worker.start()
            kills += 1
        if kills == KILLS // 2:
            night.broker.kill()
            night.broker.start()
    assert (left(), kills) == (0, KILLS)
    # Some of the kills came in the middle of a sweep, which never said that it finished.
    assert SweepRun.objects.filter(finished_at=None).exists()
    reminders = Message.objects.filter(kind="reminder_expiry")
    while reminders.count() < SOON and time.monotonic() < end:
        night.ask()
        time.sleep(0.5)

    events = Event.objects.filter(action="expire")
    assert Consortium.objects.filter(status=Status.EXPIRED, version=2).count() == DUE
    assert events.values("consortium").distinct().count() == events.count() == DUE
    # One person of the lead and one of the member, once each.
    told = Message.objects.filter(kind="filing_expire")
    assert told.count() == 2 * DUE
    assert set(told.values("key").annotate(n=Count("pk")).values_list("n", flat=True)) == {2}
    assert reminders.values("recipient", "key").distinct().count() == SOON
