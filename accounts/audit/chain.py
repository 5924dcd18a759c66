"""The chain of hashes over the trail: each sealed entry holds a hash of itself and of the one
before, so that whatever is edited, taken out, put in or moved later breaks it.

Entries are sealed afterwards, in batches under a lock: chaining in the triggers would make all
writers of the portal wait for one another.
"""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.database import lock
from accounts.models import AuditEntry, AuditSeal

log = logging.getLogger(__name__)

START = "0" * 64
BATCH = 1000
CONTENT = (
    "id", "at", "operation", "subject", "subject_id", "before_text", "after_text", "actor_id",
    "address", "request_id", "origin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flaw:
    """A place where the trail is not what was sealed."""

    position: int
    text: str

    def __str__(self):
        return f"{self.position}: {self.text}"


def seal() -> int:
    """Give every entry that has none its place in the chain; returns how many got one."""
    count = 0
    while sealed := _seal_batch():
        count += sealed
    return count


@transaction.atomic
def _seal_batch() -> int:
    AuditSeal.objects.get_or_create(position=0, defaults={"head": START})
    lock(AuditSeal.objects).get(position=0)
    last = AuditSeal.objects.latest("position")
    position, head = last.position, last.head
    rows = []
    for entry in _entries().filter(position__isnull=True).order_by("pk")[:BATCH]:
        position += 1
        head = _hash(head, position, entry)
        rows.append((position, head, entry["id"]))
    if not rows:
        return 0
    with connection.cursor() as cursor:
        table = AuditEntry._meta.db_table
        cursor.executemany(
            f"UPDATE {table} SET position = %s, hash = %s WHERE id = %s",  # noqa: S608
            rows,
        )
    AuditSeal.objects.create(position=position, head=head)
    # The log is kept elsewhere: whoever can rewrite the whole database cannot rewrite this line.
    transaction.on_commit(lambda: log.info("audit trail sealed: %d:%s", position, head))
    return len(rows)


def verify() -> Iterator[Flaw]:
    """Read the whole chain; yields what is wrong with it, in its order."""
    seals = AuditSeal.objects.order_by("position").values_list("position", "head").iterator()
    seal_at, sealed = next(seals, (0, START))
    position, head = 0, START
    if (seal_at, sealed) != (position, head):
        yield Flaw(seal_at, "the first seal is not the beginning of the chain")
    entries = _entries().filter(position__isnull=False).order_by("position")
    for entry in entries.iterator(chunk_size=2000):
        if entry["position"] != position + 1:
            yield Flaw(position + 1, f"missing up to {entry['position'] - 1}")
        if entry["hash"] != _hash(head, entry["position"], entry):
            yield Flaw(entry["position"], "edited, moved, or not what followed the one before")
        position, head = entry["position"], entry["hash"]
        while seal_at < position:
            seal_at, sealed = next(seals, (None, ""))
            if seal_at is None:
                yield Flaw(position, "in the chain, but never sealed")
                return
        if seal_at == position and sealed != head:
            yield Flaw(position, "not what was sealed here")
    last = max([seal_at, *(place for place, _head in seals)])
    if last > position:
        yield Flaw(position + 1, f"missing up to {last}, the end of the chain")


def was_sealed(position: int, head: str) -> bool:
    """Whether the chain still has this hash, which a line of the log told, at this place."""
    return AuditEntry.objects.filter(position=position, hash=head).exists()


def _entries():
    # JSON as the database writes it: read as numbers, two different texts could be the same.
    return AuditEntry.objects.annotate(
        before_text=Cast("before", TextField()), after_text=Cast("after", TextField())
    ).values(*CONTENT, "position", "hash")


def _hash(before: str, position: int, entry: dict) -> str:
    content = [before, position, *(entry[name] for name in CONTENT)]
    text = json.dumps(content, ensure_ascii=False, default=lambda moment: moment.isoformat())
    return hashlib.sha256(text.encode()).hexdigest()
