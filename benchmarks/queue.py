"""The queue at 1,000, 10,000 and 100,000 filings on PostgreSQL, beside Django's stock changelist
over the same table, a bare view and raw SQL, in one run: `make benchmark`.

    DATABASE_URL=postgres://… python -m benchmarks.queue [--explain] [SIZE …]

The database must be empty or of an earlier run. Figures are ratios; the run fails when a
target of docs/performance.md is missed.
"""

import sys

from benchmarks.measuring import quickest, set_up

set_up()

import django  # noqa: E402

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from benchmarks.many import grow_to  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
QUEUE = "/admin/filings/consortium/"
STOCK, KIND = "/stock/filings/consortium/", "/kind/filings/consortium/"
RAW = (
    "SELECT c.id, c.name, u.name FROM filings_consortium c "
    "JOIN accounts_unit u ON u.id = c.lead_unit_id "
    "WHERE c.status = 'submitted' AND c.first_submitted_at IS NOT NULL "
    "ORDER BY c.action_due_on, c.id LIMIT 25"
)
# Words that one filing has, some (a subject), a tenth, and every filing.
SEARCHES = {
    "one": "宁创联备〔2025〕1号",
    "few": "减速器 第3批",
    "a twelfth": "减速器",
    "all": "创新联合体",
}
PAGES = {
    "queue, intake": ("intake", QUEUE),
    "queue, review": ("reviewer", QUEUE),
    "queue, decision": ("decider", QUEUE),
    "queue, all filings": ("intake", f"{QUEUE}?queue=all"),
    "queue, late": ("intake", f"{QUEUE}?queue=all&overdue=yes"),
    "queue, a state": ("intake", f"{QUEUE}?state=active"),
    "queue, claimed": ("intake", f"{QUEUE}?queue=claimed"),
    "overview": ("intake", "/admin/"),
    "stock": ("root", STOCK),
    "kind": ("root", KIND),
} | {
    f"{kind} search, {name}": (who, f"{where}?q={word}")
    for kind, who, where in (
        ("queue", "intake", QUEUE),
        ("stock", "root", STOCK),
        ("kind", "root", KIND),
    )
    for name, word in SEARCHES.items()
}


def raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute(RAW)
        cursor.fetchall()


def people() -> dict[str, Client]:
    User = get_user_model()  # noqa: N806
    root, _new = User.objects.get_or_create(
        username="root", defaults={"email": "root@example.com", "is_staff": True}
    )
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    clients = {}
    for name in ("intake", "reviewer", "decider", "root"):
        clients[name] = Client()
        clients[name].force_login(
            User.objects.get(username=name),
            backend="django.contrib.auth.backends.ModelBackend",
        )
    return clients


def measure(clients: dict[str, Client]) -> dict[str, float]:
    visitor = Client()
    took = {"bare view": quickest(lambda: visitor.get("/healthz")), "raw SQL": quickest(raw)}
    for name, (who, address) in PAGES.items():
        page = clients[who].get(address)
        assert page.status_code == 200, (address, page.status_code)  # noqa: S101
        took[name] = quickest(lambda who=who, address=address: clients[who].get(address))
    return took


def explain(clients: dict[str, Client]) -> None:
    """The plans of the queries of the queue, as PostgreSQL made them."""
    for name, (who, address) in PAGES.items():
        if name.startswith(("stock", "kind")):
            continue
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        clients[who].get(address)
        asked = [q["sql"] for q in connection.queries_log if "filings_consortium" in q["sql"]]
        connection.force_debug_cursor = False
        for sql in asked:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, COSTS OFF, SUMMARY ON) " + sql.replace("%", "%%"))
                print(f"--- {name}\n    " + "\n    ".join(row[0] for row in cursor.fetchall()))


def judge(took: dict[int, dict[str, float]]) -> list[str]:
    """What misses its target. Growth is that beyond the bare view's, which a busy machine slows
    down as well."""
    small, large = took[min(took)], took[max(took)]
    slower = large["bare view"] / small["bare view"]
    queues = [name for name in PAGES if name.startswith("queue, ")]
    missed = [f"{n}: grows" for n in queues if large[n] > 1.3 * slower * small[n]]
    missed += [f"{n}: over half of stock" for n in queues if large[n] > 0.5 * large["stock"]]
    return missed + [
        f"queue search, {name}: over a fifth of stock"
        for name in SEARCHES
        if large[f"queue search, {name}"] > 0.2 * large[f"stock search, {name}"]
    ]


def table(took: dict[int, dict[str, float]]) -> None:
    sizes = sorted(took)
    print(f"{'× bare view':<24}" + "".join(f"{size:>12,}" for size in sizes))
    for name in took[sizes[0]]:
        cells = "".join(f"{took[s][name] / took[s]['bare view']:>12.1f}" for s in sizes)
        print(f"{name:<24}{cells}")
    first, last = took[sizes[0]], took[sizes[-1]]
    print(f"\n{'at the largest size':<24}{'÷ smallest':>12}{'÷ stock':>12}{'÷ kind':>12}")
    for name in (name for name in last if name.startswith("queue")):
        search = name.removeprefix("queue") if "search" in name else ""
        slower = last["bare view"] / first["bare view"]
        against = (first[name] * slower, last["stock" + search], last["kind" + search])
        print(f"{name:<24}" + "".join(f"{last[name] / other:>12.2f}" for other in against))


@override_settings(ROOT_URLCONF="benchmarks.stock")
def main() -> None:
    if connection.vendor != "postgresql":
        raise SystemExit("Name a PostgreSQL database of its own: DATABASE_URL=postgres://…")
    sizes = [int(word) for word in sys.argv[1:] if word.isdecimal()] or SIZES
    call_command("migrate", verbosity=0)
    took = {}
    for size in sorted(sizes):
        grow_to(size)
        clients = people()
        took[size] = measure(clients)
        print(f"measured at {size:,}", flush=True)
    if "--explain" in sys.argv:
        explain(clients)
    table(took)
    if missed := judge(took):
        raise SystemExit("Missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
