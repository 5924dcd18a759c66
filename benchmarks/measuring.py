"""How a benchmark is taken: set up before Django is, and figures of many runs."""

import os
import tempfile
import time

# As many runs, or as many as go into so many seconds.
RUNS, SECONDS, LEAST = 40, 5, 5


def set_up() -> None:
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-benchmark-"))
    os.environ.setdefault("ALLOWED_HOSTS", "testserver")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")


def quickest(work) -> float:
    """Seconds: the quickest of many runs, since whatever else the machine does only makes one
    slower. The first is not counted, when caches are cold."""
    work()
    times = []
    while len(times) < RUNS and (len(times) < LEAST or sum(times) < SECONDS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)
