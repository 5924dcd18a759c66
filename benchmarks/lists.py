"""What a list costs beside a bare view and the raw SQL of its rows, in one run: `make benchmark`.

Figures are ratios, so that they mean the same on any machine.
"""

import sys
import time

from benchmarks.measuring import quickest, set_up

set_up()

import django  # noqa: E402

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

ROWS = (
    "SELECT c.id, c.name, c.filing_number, u.name, f.name FROM filings_consortium c "
    "JOIN accounts_unit u ON u.id = c.lead_unit_id "
    "LEFT JOIN filings_focusfield f ON f.id = c.focus_field_id "
    "WHERE c.filing_year IS NOT NULL ORDER BY c.filing_year DESC, c.filing_serial DESC LIMIT 20"
)


def raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        cursor.fetchall()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    call_command("migrate", verbosity=0)
    begin = time.perf_counter()
    call_command("demo", consortia=count)
    print(f"{count} consortia built in {time.perf_counter() - begin:.0f} s")
    visitor, officer = Client(), Client()
    officer.force_login(
        get_user_model().objects.get(username="reviewer"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    bare, sql = quickest(lambda: visitor.get("/healthz")), quickest(raw)
    print(f"bare view 1.0   raw SQL of 20 rows {sql / bare:.1f}")
    for name, client, address in (
        ("register", visitor, "/register/"),
        ("register, searched", visitor, "/register/?q=减速器"),
        ("public notices", visitor, "/public-notices/"),
        ("queue of the workbench", officer, "/admin/filings/consortium/"),
    ):
        took = quickest(lambda client=client, address=address: client.get(address))
        print(f"{name:<24} {took / bare:8.1f} × bare view   {took / sql:8.1f} × raw SQL")


if __name__ == "__main__":
    main()
