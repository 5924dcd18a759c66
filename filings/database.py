"""Whatever differs between PostgreSQL and SQLite: row locks, the triggers that keep promises, and
the index of the search.

Triggers and index are installed after every migrate, because SQLite drops the triggers of a table
that a migration rebuilds.
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
    "filings_submission_frozen": (
        "filings_submission",
        "UPDATE",
        "",
        "a submission stays as it was filed",
    ),
}

_ENTRIES = "filings_searchentry"
WORDS_TABLE = "filings_search_words"
_GIN = (
    # The tokens lie beside the table: what a search finds is read without them.
    f"ALTER TABLE {_ENTRIES} ALTER COLUMN tokens SET STORAGE EXTENDED, "
    "SET (toast_tuple_target = 128)",
    f"CREATE INDEX IF NOT EXISTS filings_search_tokens ON {_ENTRIES} USING gin (tokens)",
)
_ADD = f"INSERT INTO {WORDS_TABLE}(rowid, tokens) VALUES (NEW.consortium_id, NEW.tokens);"  # noqa: S608
_TAKE_OUT = (
    f"INSERT INTO {WORDS_TABLE}({WORDS_TABLE}, rowid, tokens) "  # noqa: S608
    "VALUES ('delete', OLD.consortium_id, OLD.tokens);"
)
_FTS5 = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS_TABLE} USING fts5(tokens, "
    f"content='{_ENTRIES}', content_rowid='consortium_id', detail='none', tokenize='ascii')",
    *(
        f"CREATE TRIGGER IF NOT EXISTS {_ENTRIES}_{moment.lower()} AFTER {moment} ON {_ENTRIES} "
        f"FOR EACH ROW BEGIN {what} END"
        for moment, what in (
            ("INSERT", _ADD), ("DELETE", _TAKE_OUT), ("UPDATE", _TAKE_OUT + " " + _ADD),
        )
    ),
)  # fmt: skip


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


def install_search(using: str = "default", **_signal) -> None:
    """Create the index that `filings.models.search` asks; any number of times.

    On SQLite an FTS5 table beside the entries, which triggers keep in step with them.
    """
    connection = connections[using]
    statements = {"postgresql": _GIN, "sqlite": _FTS5}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


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
