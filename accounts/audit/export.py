"""The trail as a table for a spreadsheet, row by row, however long."""

import csv
import json
from collections.abc import Iterator
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone, translation

from accounts.audit.words import person, subject_label
from accounts.models import AuditEntry

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets do not read Chinese
FIELDS = (
    "position", "at", "actor", "address", "origin", "request_id", "operation", "subject",
    "subject_id", "before", "after", "hash",
)  # fmt: skip


class _Echo:
    def write(self, line: str) -> str:
        return line


def as_csv(entries: QuerySet, language: str) -> Iterator[str]:
    """The lines of the file. They are fetched after the request has been answered, when its
    language is no longer the active one."""
    writer = csv.writer(_Echo())
    label_of = cache(subject_label)
    with translation.override(language):
        headings = [str(AuditEntry._meta.get_field(name).verbose_name) for name in FIELDS]
    yield BYTE_ORDER_MARK + writer.writerow(headings)
    for entry in entries.select_related("actor").iterator(chunk_size=2000):
        with translation.override(language):
            row = _row(entry, label_of)
        yield writer.writerow(row)


def _row(entry: AuditEntry, label_of) -> list:
    return [
        entry.position,
        timezone.localtime(entry.at).isoformat(sep=" ", timespec="milliseconds"),
        inert(person(entry)),
        inert(entry.address),
        inert(entry.origin),
        entry.request_id,
        entry.get_operation_display(),
        inert(label_of(entry.subject)),
        inert(entry.subject_id),
        _json(entry.before),
        _json(entry.after),
        entry.hash,
    ]


def inert(text: str) -> str:
    """Text that a spreadsheet takes for text, whatever it begins with."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _json(value) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
