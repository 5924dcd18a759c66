"""The triggers that write the trail. After the row, in its transaction: both happen or neither.

An insert keeps the whole row, a deletion too, an update the columns that changed. PostgreSQL
writes the entries of a statement at once, from its transition tables; SQLite row by row.
"""

from accounts.audit.scope import audited_models, secret_columns

TRAIL = "accounts_auditentry"
SEALS = "accounts_auditseal"
PREFIX = "audit_"
MOMENTS = ("insert", "update", "delete")
FIELDS = (
    '"at", "operation", "subject", "subject_id", "before", "after", '
    '"actor_id", "address", "request_id", "origin"'
)
FROZEN = "the audit trail is append-only"
PROMISES = {
    "audit_trail_frozen": (TRAIL, f"UPDATE OF id, {FIELDS}", "", FROZEN),
    # The one thing that may happen to an entry: it gets its place in the chain, once.
    "audit_trail_sealed": (
        TRAIL,
        "UPDATE OF position, hash",
        "OLD.position IS NOT NULL OR NEW.position IS NULL",
        "an entry is sealed once",
    ),
    "audit_trail_kept": (TRAIL, "DELETE", "", FROZEN),
    "audit_seal_frozen": (SEALS, "UPDATE", "", FROZEN),
    "audit_seal_kept": (SEALS, "DELETE", "", FROZEN),
}

POSTGRESQL_FUNCTIONS = (
    # The cause that `connections.signed` put in front; else who is connected to the database.
    """
    CREATE OR REPLACE FUNCTION audit_cause() RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
    DECLARE
        cause text := substring(
            left(current_query(), 2000) FROM '^/\\*audit:([A-Za-z0-9+/=]+)\\*/');
    BEGIN
        IF cause IS NOT NULL THEN
            RETURN convert_from(decode(cause, 'base64'), 'UTF8')::jsonb;
        END IF;
        RETURN jsonb_build_object(
            'address', coalesce(host(inet_client_addr()), ''), 'request_id', '',
            'origin', left('database: ' || session_user, 100));
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION audit_masked(line jsonb, secrets text[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE AS $$
        SELECT line || coalesce((
            SELECT jsonb_object_agg(
                key, '*** ' || left(encode(sha256(convert_to(value, 'UTF8')), 'hex'), 8))
            FROM jsonb_each_text(line) WHERE key = ANY (secrets) AND value <> ''), '{}')
    $$
    """,
    """
    CREATE OR REPLACE FUNCTION audit_changed(line jsonb, other jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE AS $$
        SELECT jsonb_object_agg(key, value)
        FROM jsonb_each(line) WHERE other -> key IS DISTINCT FROM value
    $$
    """,
    # A plan made for a bulk write is kept for single rows, where compiling it would cost more
    # than running it: hence no JIT.
    f"""
    CREATE OR REPLACE FUNCTION audit_write() RETURNS trigger LANGUAGE plpgsql SET jit = off AS $$
    DECLARE
        key text := TG_ARGV[0];
        secrets text[] := string_to_array(TG_ARGV[1], ',');
        cause jsonb := audit_cause();
        actor bigint := (cause ->> 'actor_id')::bigint;
        moment timestamptz := clock_timestamp();
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            INSERT INTO {TRAIL} ({FIELDS})
            SELECT moment, 'update', TG_TABLE_NAME, coalesce(o.line, n.line) ->> key,
                   audit_changed(o.line, n.line), audit_changed(n.line, o.line),
                   actor, cause ->> 'address', cause ->> 'request_id', cause ->> 'origin'
            FROM (SELECT audit_masked(to_jsonb(r), secrets) AS line FROM old_rows r) o
            FULL JOIN (SELECT audit_masked(to_jsonb(r), secrets) AS line FROM new_rows r) n
            ON o.line ->> key = n.line ->> key WHERE o.line IS DISTINCT FROM n.line;
        ELSIF TG_OP = 'INSERT' THEN
            INSERT INTO {TRAIL} ({FIELDS})
            SELECT moment, 'insert', TG_TABLE_NAME, line ->> key,
                   NULL, audit_masked(line, secrets),
                   actor, cause ->> 'address', cause ->> 'request_id', cause ->> 'origin'
            FROM (SELECT to_jsonb(r) AS line FROM new_rows r) n;
        ELSE
            INSERT INTO {TRAIL} ({FIELDS})
            SELECT moment, 'delete', TG_TABLE_NAME, line ->> key,
                   audit_masked(line, secrets), NULL,
                   actor, cause ->> 'address', cause ->> 'request_id', cause ->> 'origin'
            FROM (SELECT to_jsonb(r) AS line FROM old_rows r) o;
        END IF;
        RETURN NULL;
    END $$
    """,  # noqa: S608 - our own names
)
_TRANSITIONS = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
# SQLite takes at most 127 arguments to a function, two for each column.
_PIECE = 50


def on_postgresql(tables):
    """Name, table and statement of each trigger."""
    for model in audited_models():
        table = model._meta.db_table
        if table not in tables:
            continue
        secrets = ",".join(secret_columns(model))
        for moment in MOMENTS:
            name = f"{PREFIX}{table}_{moment}"
            yield (
                name,
                table,
                f"CREATE OR REPLACE TRIGGER {name} AFTER {moment} ON {table} "
                f"REFERENCING {_TRANSITIONS[moment]} FOR EACH STATEMENT "
                f"EXECUTE FUNCTION audit_write('{model._meta.pk.column}', '{secrets}')",
            )


def on_sqlite(columns: dict[str, list[str]]):
    """The statements; `columns` is what the database has, which may be older than the models."""
    for model in audited_models():
        table, key = model._meta.db_table, model._meta.pk.column
        if table not in columns:
            continue
        old = _pieces(model, columns[table], "OLD")
        new = _pieces(model, columns[table], "NEW")
        none = ["NULL"] * len(old)
        differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns[table])
        said = {
            "insert": ("NEW", "NULL", _changed(new, none), ""),
            "update": ("OLD", _changed(old, new), _changed(new, old), f"WHEN {differs}"),
            "delete": ("OLD", _changed(old, none), "NULL", ""),
        }
        for moment, (row, before, after, when) in said.items():
            values = (
                f"strftime('%Y-%m-%d %H:%M:%f', 'now'), '{moment}', '{table}', {row}.\"{key}\", "
                f"{before}, {after}, "
                "audit_actor_id(), audit_address(), audit_request_id(), audit_origin()"
            )
            write = f"INSERT INTO {TRAIL} ({FIELDS}) VALUES ({values})"  # noqa: S608 - our own names
            yield (
                f"CREATE TRIGGER {PREFIX}{table}_{moment} AFTER {moment} ON {table} "
                f"FOR EACH ROW {when} BEGIN {write}; END"
            )


def _pieces(model, columns: list[str], row: str) -> list[str]:
    json = {f.column for f in model._meta.local_fields if f.get_internal_type() == "JSONField"}
    secrets = secret_columns(model)

    def value(column):
        cell = f'{row}."{column}"'
        if column in secrets:
            return f"audit_masked({cell})"
        return f"json({cell})" if column in json else cell

    return [
        "json_object({})".format(", ".join(f"'{c}', {value(c)}" for c in columns[at : at + _PIECE]))
        for at in range(0, len(columns), _PIECE)
    ]


def _changed(own: list[str], other: list[str]) -> str:
    if other == ["NULL"]:
        return own[0]  # a row against none: all of it, and nothing to ask Python for
    return f"audit_changed({', '.join([*own, *other])})"
