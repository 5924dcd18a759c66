"""How the database's triggers learn who is at work.

On PostgreSQL every statement that writes carries its cause as a comment in front, which the
triggers read from `current_query()`. It needs no query of its own, survives no statement, and so
can neither outlive a rollback nor a connection that goes back to the pool. On SQLite the triggers
call functions of this process; who writes without them (another program) is refused.
"""

import base64
import hashlib
import json

from accounts.audit.context import current

WRITING = ("INSERT", "UPDATE", "DELETE", "MERGE", "WITH")


def introduce(connection, **_signal) -> None:
    """Called for every new connection to a database."""
    if connection.vendor == "sqlite":
        create = connection.connection.create_function
        for name in ("actor_id", "address", "request_id", "origin"):
            create(f"audit_{name}", 0, _asking(name))
        create("audit_changed", -1, changed)
        create("audit_masked", 1, masked, deterministic=True)
    elif signed not in connection.execute_wrappers:
        # In front of all others: whoever wraps for a while takes the last one away again.
        connection.execute_wrappers.insert(0, signed)


def signed(execute, sql, params, many, context):
    """Put the cause in front of a statement that writes."""
    if isinstance(sql, str) and sql.lstrip()[:6].upper().startswith(WRITING):
        cause = base64.b64encode(json.dumps(current().as_dict()).encode()).decode()
        sql = f"/*audit:{cause}*/ {sql}"
    return execute(sql, params, many, context)


def _asking(name: str):
    return lambda: getattr(current(), name)


def changed(*lines: str | None) -> str:
    """What a row says that another does not, as JSON; a wide row comes in several pieces.

    The first half of the pieces is the row itself, the second is the other, or None for no other.
    """
    half = len(lines) // 2
    own, other = (
        {key: value for line in side if line for key, value in json.loads(line).items()}
        for side in (lines[:half], lines[half:])
    )
    said = {k: v for k, v in own.items() if k not in other or other[k] != v}
    return json.dumps(said, ensure_ascii=False)


def masked(secret) -> str | None:
    """A fingerprint that tells one secret from another and nothing else."""
    if secret in (None, ""):
        return secret
    return f"*** {hashlib.sha256(str(secret).encode()).hexdigest()[:8]}"
