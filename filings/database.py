"""What the database itself keeps of a filing, whoever writes the row (see `accounts.database`), and
the index of the search, which differs between PostgreSQL and SQLite."""

from django.db import connections

from accounts.database import lock

__all__ = ["TRIGGERS", "insert_from", "lock"]

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
    "filings_letter_frozen": (
        "filings_letter",
        "UPDATE OF consortium_id, kind, year, serial, number, issued_on, addressee, subject, "
        "clause, reason, points, due_on, remedy",
        "",
        "a letter stays as it was issued",
    ),
    "filings_letter_kept": ("filings_letter", "DELETE", "", "a letter stays as it was issued"),
    "filings_closing_frozen": (
        "filings_closingsubmission",
        "UPDATE",
        "",
        "a closing summary stays as it was handed in",
    ),
    "filings_closing_kept": (
        "filings_closingsubmission",
        "DELETE",
        "",
        "a closing summary stays as it was handed in",
    ),
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


def insert_from(model, values: dict, queryset) -> None:
    """Insert a row of `model` for each row of `queryset`, made by expressions over it, by field
    name: one statement, which brings nothing here. Fields with defaults must be given too."""
    connection = connections[queryset.db]
    source = queryset.values_list(*values.values())
    columns = (model._meta.get_field(name).column for name in values)
    names = ", ".join(map(connection.ops.quote_name, columns))
    select, parameters = source.query.sql_with_params()
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) {select}", parameters)


def install_search(using: str = "default", **_signal) -> None:
    """Create the index that `filings.models.search` asks; any number of times.

    On SQLite an FTS5 table beside the entries, which triggers keep in step with them.
    """
    connection = connections[using]
    statements = {"postgresql": _GIN, "sqlite": _FTS5}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
