"""What the end of 100,000 terms costs beside the raw set-based SQL of the same, in one run.

    DATABASE_URL=postgres://… python -m benchmarks.sweep [count]

The database is made anew and thrown away. Both write the status and the event of every term; the
messages, which the portal writes after that, are told apart.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import timedelta

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-benchmark-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from filings.notifications import announce_untold  # noqa: E402
from filings.states import Action  # noqa: E402
from filings.sweep import BATCH  # noqa: E402
from filings.transitions import perform_due  # noqa: E402
from tests.many import filed  # noqa: E402

RAW = (
    "UPDATE filings_consortium SET status = 'expired', ended_on = ends_on, version = version + 1, "
    "updated_at = now() WHERE status = 'active' AND ends_on < %s",
    "INSERT INTO filings_event (consortium_id, action, at, from_status, to_status, reason, data) "
    "SELECT id, 'expire', now(), 'active', 'expired', '', "
    "json_build_object('ends_on', ends_on, 'version', version) FROM filings_consortium "
    "WHERE status = 'expired' AND ends_on < %s",
)


def memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def raw(day) -> float:
    begin = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in RAW:
            cursor.execute(statement, [day])
        took = time.perf_counter() - begin
        transaction.set_rollback(True)
    return took


def sweep(day, *, most: int) -> float:
    begin, after = time.perf_counter(), 0
    while batch := perform_due(Action.EXPIRE, day, after=after, most=most):
        after = batch[-1]
    return time.perf_counter() - begin


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    connection.creation.create_test_db(verbosity=0)
    try:
        today = timezone.localdate()
        filed(count, ends_on=today - timedelta(days=1))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        before, plain = memory(), raw(today)
        took = sweep(today, most=BATCH)
        begin = time.perf_counter()
        while announce_untold():
            pass
        told = time.perf_counter() - begin
        print(f"{count} terms: raw SQL 1.0, sweep {took / plain:.1f}   messages {told / plain:.1f}")
        print(f"memory: {before:.0f} MB before, {memory():.0f} MB at the most")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
