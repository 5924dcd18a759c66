"""The database as the migrations left it, for after the tests that commit.

Django would empty the tables, which the triggers of history refuse, and then make permissions and
triggers anew, half a second each time; and what the migrations brought would be gone.
"""

import sqlite3
from collections.abc import Callable

from django.apps import apps
from django.db import connection, transaction


def remember() -> Callable[[], None]:
    """Keep the database as it is now; what is returned brings it back to that."""
    return {"sqlite": _a_copy, "postgresql": _the_rows}[connection.vendor]()


def _a_copy():
    # A browser keeps an event loop in this thread, in which Django takes another connection.
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(kept)

    def bring_back():
        connection.ensure_connection()
        kept.backup(connection.connection)

    return bring_back


def _the_rows():
    models = [m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy]
    rows = {model: list(model._base_manager.all()) for model in models}
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]

    def bring_back():
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
            for model in models:
                model._base_manager.bulk_create(rows[model])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return bring_back
