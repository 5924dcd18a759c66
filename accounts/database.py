"""Whatever differs between PostgreSQL and SQLite: row locks, and the triggers that keep promises.

A promise is a trigger that refuses a statement; a room gives its own with `promise`. Beside them
stand the triggers of the audit trail. All are installed after every migrate: SQLite drops those of
a table that a migration rebuilds, and refuses to change a column that a trigger names, so there
they are taken away before.
"""

from django.db import connections, transaction

from accounts.audit import triggers as audit

# name: (table, moment, condition under which the statement is refused, what the refusal says)
PROMISES = dict(audit.PROMISES)


def promise(promises: dict[str, tuple[str, str, str, str]]) -> None:
    """Have the database keep these promises from the next migrate on."""
    PROMISES.update(promises)


def lock(queryset):
    """Lock the rows that `queryset` fetches until the transaction ends.

    On SQLite a transaction takes the one write lock when it begins (`transaction_mode`), so there
    the rows are locked already and Django leaves the clause out.
    """
    return queryset.select_for_update(of=("self",), no_key=True)


def install_triggers(using: str = "default", **_signal) -> None:
    """Create the triggers anew; any number of times."""
    install = {"postgresql": _on_postgresql, "sqlite": _on_sqlite}[connections[using].vendor]
    install(using)


def before_migrate(using: str = "default", **_signal) -> None:
    if connections[using].vendor == "sqlite":
        drop_triggers(using)


def drop_triggers(using: str = "default") -> None:
    """Take the triggers away, for those who empty the tables on purpose."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        _drop(cursor, _installed(using))


def _on_postgresql(using):
    """Each is replaced in a transaction of its own: there is no moment without it, and no
    deadlock with those who write while an upgrade runs."""
    tables = connections[using].introspection.table_names()
    wanted = {}
    with connections[using].cursor() as cursor:
        for statement in audit.POSTGRESQL_FUNCTIONS:
            cursor.execute(statement)
        for name, (table, *_rest) in PROMISES.items():
            if table in tables:
                for statement in _refusal_on_postgresql(name, *PROMISES[name]):
                    cursor.execute(statement)
                wanted |= {name: table, f"{name}_emptied": table}
        for name, table, statement in audit.on_postgresql(_audited(tables)):
            cursor.execute(statement)
            wanted[name] = table
        stale = {name: table for name, table in _installed(using).items() if name not in wanted}
        _drop(cursor, stale)


def _on_sqlite(using):
    with transaction.atomic(using), connections[using].cursor() as cursor:
        _drop(cursor, _installed(using))
        columns = _columns_on_sqlite(cursor)
        for name, (table, moment, condition, message) in PROMISES.items():
            if table in columns:
                when = f"WHEN {condition}" if condition else ""
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW {when} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
        for statement in audit.on_sqlite(_audited(columns)):
            cursor.execute(statement)


def _audited(tables):
    """The tables to be watched: none before the migration that makes the trail, or after its
    undoing."""
    return tables if audit.TRAIL in tables else {}


def _refusal_on_postgresql(name, table, moment, condition, message):
    when = f"WHEN ({condition})" if condition else ""
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {moment} ON {table} "
        f"FOR EACH ROW {when} EXECUTE FUNCTION {name}()"
    )
    if moment == "DELETE" and not condition:  # TRUNCATE deletes without deleting rows
        yield (
            f"CREATE OR REPLACE TRIGGER {name}_emptied BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def _installed(using) -> dict[str, str]:
    """Our triggers that are in the database, with their tables."""
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
        ),
    }[connections[using].vendor]
    with connections[using].cursor() as cursor:
        cursor.execute(query)
        found = dict(cursor.fetchall())
    return {name: found[name] for name in found if _is_ours(name)}


def _is_ours(name: str) -> bool:
    return name.startswith(audit.PREFIX) or name.removesuffix("_emptied") in PROMISES


def _drop(cursor, triggers: dict[str, str]) -> None:
    postgresql = cursor.db.vendor == "postgresql"
    for name, table in triggers.items():
        cursor.execute(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}")


def _columns_on_sqlite(cursor) -> dict[str, list[str]]:
    cursor.execute(
        "SELECT master.name, info.name FROM sqlite_master AS master "
        "JOIN pragma_table_info(master.name) AS info WHERE master.type = 'table'"
    )
    columns = {}
    for table, column in cursor.fetchall():
        columns.setdefault(table, []).append(column)
    return columns
