"""What an entry of the trail means to a reader: kinds of objects, fields and values by name."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.audit.scope import names_of
from accounts.models import AuditEntry

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the row, as it was and as it became."""

    label: str
    before: str
    after: str


def subject_label(table: str) -> str:
    """The name of a kind of object; of a table that is no longer there, the table's own."""
    model = _models().get(table)
    return capfirst(str(model._meta.verbose_name)) if model else table


def thing(entry: AuditEntry) -> str:
    return f"{subject_label(entry.subject)} {entry.subject_id}".strip()


def moment(at: datetime) -> str:
    """To the second, in the time of the bureau, and the same in every language."""
    return date_format(timezone.localtime(at), "Y-m-d H:i:s")


def person(entry: AuditEntry) -> str:
    """Who it was; nobody where a task or a visitor was the cause."""
    if entry.actor is not None:
        return f"{entry.actor} ({entry.actor.username})"
    return f"#{entry.actor_id}" if entry.actor_id else NOTHING


def lines(entry: AuditEntry) -> list[Line]:
    """The fields that the entry tells of, in the order of the model."""
    model = _models().get(entry.subject)
    fields = {field.column: field for field in model._meta.local_concrete_fields} if model else {}
    told = (entry.before or {}) | (entry.after or {})
    columns = [*(name for name in fields if name in told), *(n for n in told if n not in fields)]
    return [
        Line(
            _label(fields.get(column), column),
            _shown(fields.get(column), (entry.before or {}).get(column)),
            _shown(fields.get(column), (entry.after or {}).get(column)),
        )
        for column in columns
    ]


def _models() -> dict:
    models = apps.get_models(include_auto_created=True)
    return {name: model for model in models for name in names_of(model._meta.db_table)}


def _label(field, column: str) -> str:
    return capfirst(str(field.verbose_name)) if field else column


def _shown(field, value) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2)
    try:
        return _in_words(field, value)
    except (ValidationError, ValueError):  # a column that meant something else when it was written
        return str(value)


def _in_words(field, value) -> str:
    if isinstance(field, models.BooleanField):
        return str(_("Yes") if value else _("No"))
    if isinstance(field, models.DateTimeField):
        at = datetime.fromisoformat(value)
        # SQLite keeps the time without its zone, which is UTC.
        return moment(at.replace(tzinfo=at.tzinfo or UTC))
    choices = dict(field.flatchoices) if field is not None and field.choices else {}
    return str(choices.get(value, value))
