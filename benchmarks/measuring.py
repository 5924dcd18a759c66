"""How a benchmark is taken: set up before Django is, and figures as medians of many runs."""

import os
import statistics
import tempfile
import time


def set_up() -> None:
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-benchmark-"))
    os.environ.setdefault("ALLOWED_HOSTS", "testserver")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def median(work, runs: int = 25) -> float:
    """Seconds; the first time is not counted, when caches are cold."""
    work()
    times = []
    for _run in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)
