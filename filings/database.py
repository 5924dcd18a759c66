"""Whatever differs between PostgreSQL and SQLite: row locks and the triggers that keep promises.

The triggers are installed after every migrate, because SQLite drops those of a table that a
migration rebuilds.
"""

from django.db import connections, transaction

# name: (table, moment, condition under which the statement is refused, what the refusal says)
TRIGGERS = {
    # Clause 5.3: the lead unit never changes, whoever writes the row.
    "filings_lead_frozen": (
        "filings_consortium",
        "UPDATE OF lead_unit_id",
        "NEW.lead_unit_id <> OLD.lead_unit_id",
        "the lead unit of a consortium never changes",
    ),
    "filings_uscc_frozen": (
        "accounts_unit",
        "UPDATE OF uscc",
        "NEW.uscc <> OLD.uscc",
        "a unit keeps its credit code: it is the key of the legal entity",
    ),
    "filings_event_frozen": ("filings_event", "UPDATE", "", "history is append-only"),
    "filings_event_kept": ("filings_event", "DELETE", "", "history is append-only"),
    "filings_creditevent_frozen": (
        "filings_creditevent",
        "UPDATE",
        "",
        "history is append-only",
    ),
    "filings_creditevent_kept": ("filings_creditevent", "DELETE", "", "history is append-only"),
    "filings_submission_frozen": (
        "filings_submission",
        "UPDATE",
        "",
        "a submission stays as it was filed",
    ),
}


def lock(queryset):
    """Lock the rows that `queryset` fetches until the transaction ends.

    On SQLite a transaction takes the one write lock when it begins (`transaction_mode`), so there
    the rows are locked already and Django leaves the clause out.
    """
    return queryset.select_for_update(of=("self",), no_key=True)


def install_triggers(using: str = "default", **_signal) -> None:
    """Create the triggers anew; any number of times."""
    connection = connections[using]
    drop_triggers(using)
    create = {"postgresql": _on_postgresql, "sqlite": _on_sqlite}[connection.vendor]
    with connection.cursor() as cursor:
        for name, trigger in TRIGGERS.items():
            for statement in create(name, *trigger):
                cursor.execute(statement)


def drop_triggers(using: str = "default") -> None:
    """Take the triggers away, for those who empty the tables on purpose."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        for name, (table, *_rest) in TRIGGERS.items():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _on_postgresql(name, table, moment, condition, message):
    when = f"WHEN ({condition})" if condition else ""
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} "
        f"FOR EACH ROW {when} EXECUTE FUNCTION {name}()"
    )


def _on_sqlite(name, table, moment, condition, message):
    when = f"WHEN {condition}" if condition else ""
    yield (
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW {when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
