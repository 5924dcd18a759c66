"""The dashboard at 1,000 and 100,000 filings on PostgreSQL: opening its page, and counting its
figures anew beside raw SQL of the same, in one run.

    DATABASE_URL=postgres://… python -m benchmarks.dashboard [SIZE …]

The database must be empty or of an earlier run. Figures are ratios; the run fails when a target of
docs/performance.md is missed.
"""

import sys

from benchmarks.measuring import quickest, set_up

set_up()

import django  # noqa: E402

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.database import drop_triggers, install_triggers  # noqa: E402
from benchmarks.many import STRIDE, grow_to  # noqa: E402
from filings.models import Event, Member  # noqa: E402
from reports.statistics import picture  # noqa: E402

SIZES = (1_000, 100_000)
BOARD = "/admin/reports/picture/"
# Histories and members of the copies, by which of them are copied; the rest of the programme stays
# that of the demonstration. A member that joined by a change belongs to that one change.
_COPIES = {
    Event: "true",
    Member: "r.joined_by_id IS NULL",
}
_RAW = (
    "SELECT action, count(DISTINCT consortium_id) FROM filings_event GROUP BY action",
    "SELECT c.status, count(*), min(e.at) FROM filings_consortium c LEFT JOIN LATERAL "
    "(SELECT at FROM filings_event WHERE consortium_id = c.id AND from_status <> to_status "
    "ORDER BY id DESC LIMIT 1) e ON true WHERE c.status IN ('submitted', 'returned', "
    "'under_review', 'recommended', 'public_notice') GROUP BY c.status",
    "SELECT from_status, since::date, at::date, count(*) FROM (SELECT from_status, at, "
    "lag(at) OVER (PARTITION BY consortium_id ORDER BY id) AS since FROM filings_event "
    "WHERE from_status <> to_status) v WHERE at >= now() - interval '1 year' "
    "GROUP BY 1, 2, 3",
    *(
        f"SELECT {what}, count(*) FROM filings_consortium c JOIN accounts_unit u "  # noqa: S608
        "ON u.id = c.lead_unit_id WHERE c.status = 'active' AND c.ends_on >= current_date "
        "GROUP BY 1"
        for what in ("c.focus_field_id", "u.place", "c.lead_kind", "c.ends_on")
    ),
    "SELECT m.unit_id, count(*) FROM filings_member m JOIN filings_consortium c "
    "ON c.id = m.consortium_id WHERE c.status = 'active' AND c.ends_on >= current_date "
    "AND m.left_on IS NULL GROUP BY 1",
    "SELECT a.unit_id, b.unit_id, count(*) FROM filings_member a JOIN filings_member b "
    "ON b.consortium_id = a.consortium_id AND b.unit_id > a.unit_id JOIN filings_consortium c "
    "ON c.id = a.consortium_id WHERE c.status = 'active' AND c.ends_on >= current_date "
    "AND a.left_on IS NULL AND b.left_on IS NULL GROUP BY 1, 2",
    "SELECT count(*) FROM filings_consortium c WHERE c.status = 'active' "
    "AND c.ends_on >= current_date AND NOT EXISTS (SELECT 1 FROM filings_member m "
    "WHERE m.consortium_id = c.id AND m.left_on IS NULL AND m.kind IN ('university', 'institute'))",
)


def copy_rows() -> None:
    """Give the copied filings the histories and members of those they were copied from."""
    drop_triggers()
    for model, copied in _COPIES.items():
        names = [f.column for f in model._meta.concrete_fields if not f.primary_key]
        values = [f'r."{name}"' for name in names]
        values[names.index("consortium_id")] += f" + n * {STRIDE}"
        if "token" in names:
            values[names.index("token")] = "md5(r.id || ' ' || n)"
        names = [f'"{name}"' for name in names]
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} "  # noqa: S608
                f"FROM {table} r CROSS JOIN LATERAL "
                f"(SELECT (c.id - r.consortium_id) / {STRIDE} AS n "
                f"FROM filings_consortium c WHERE mod(c.id, {STRIDE}) = r.consortium_id "
                f"AND c.id <> r.consortium_id) copies WHERE r.consortium_id < {STRIDE} "
                f"AND {copied} AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.consortium_id = "
                f"r.consortium_id + copies.n * {STRIDE}) ORDER BY r.id"
            )
    install_triggers()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def raw() -> None:
    with connection.cursor() as cursor:
        for sql in _RAW:
            cursor.execute(sql)
            cursor.fetchall()


def measure() -> dict[str, float]:
    visitor, officer = Client(), Client()
    officer.force_login(
        get_user_model().objects.get(username="auditor"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    picture.take()
    return {
        "bare view": quickest(lambda: visitor.get("/healthz")),
        "the page": quickest(lambda: officer.get(BOARD)),
        "counting anew": quickest(picture.take),
        "raw SQL": quickest(raw),
    }


def judge(took: dict[int, dict[str, float]]) -> list[str]:
    """What misses its target; growth is that beyond the bare view's."""
    small, large = took[min(took)], took[max(took)]
    slower = large["bare view"] / small["bare view"]
    missed = []
    if large["the page"] > 1.3 * slower * small["the page"]:
        missed.append("the page grows")
    if large["counting anew"] > 3 * large["raw SQL"]:
        missed.append("counting takes more than three times the raw SQL")
    return missed


def main() -> None:
    if connection.vendor != "postgresql":
        raise SystemExit("Name a PostgreSQL database of its own: DATABASE_URL=postgres://…")
    sizes = [int(word) for word in sys.argv[1:] if word.isdecimal()] or SIZES
    call_command("migrate", verbosity=0)
    took = {}
    for size in sorted(sizes):
        grow_to(size)
        copy_rows()
        took[size] = measure()
        print(f"measured at {size:,}: {Event.objects.count():,} entries of history", flush=True)
    print(f"{'':<16}" + "".join(f"{size:>12,}" for size in took) + "   × bare view, then ÷ raw SQL")
    for name in took[min(took)]:
        bare = "".join(f"{found[name] / found['bare view']:>12.1f}" for found in took.values())
        against = "".join(f"{found[name] / found['raw SQL']:>12.2f}" for found in took.values())
        print(f"{name:<16}{bare}{against}")
    if missed := judge(took):
        raise SystemExit("Missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
