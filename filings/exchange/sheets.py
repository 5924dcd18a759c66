"""The sheets of a workbook: columns that are fields of the forms, under headers for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from filings.exchange.cells import folded
from filings.forms.fields import CountField, MoneyField
from filings.forms.rows import MemberForm, MilestoneForm, TaskForm
from filings.sections import Section

YES_NO = (("yes", _("yes")), ("no", _("no")))
_SEPARATE = _("One or several, separated by commas.")
_HINTS = (
    (MoneyField, _("In units of 10,000 CNY, at most two decimals.")),
    (CountField, _("A whole number.")),
    (forms.BooleanField, _("Choose yes or no.")),
    (forms.MultipleChoiceField, _SEPARATE),
    (forms.ChoiceField, _("Choose from the list.")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a form; `choices` are (code, words), `several` of which may stand in a cell."""

    name: str
    label: Any
    hint: Any = ""
    choices: tuple = ()
    several: bool = False
    required: bool = False
    number: str = "@"

    @property
    def headers(self) -> set[str]:
        """What may stand above it: its label in any language of the portal, or its name."""
        return _spellings([self.label, self.name])

    def codes(self) -> dict[str, str]:
        """The code that each way to write a choice means."""
        return {
            word: code for code, words in self.choices for word in _spellings([words, str(code)])
        }


@dataclass(frozen=True, slots=True)
class Sheet:
    """`known_by` are the columns whose headers tell this sheet from others."""

    name: str
    title: Any
    columns: tuple[Column, ...]
    known_by: tuple[str, ...]
    most_rows: int

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _spellings(words: Iterable) -> set[str]:
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {folded(str(word)) for word in words}
    return found


def _column(form, name: str, **changed) -> Column:
    field = form.base_fields[name]
    boolean = isinstance(field, forms.BooleanField)
    choices = () if isinstance(field, forms.ModelChoiceField) else getattr(field, "choices", ())
    kind = next((hint for cls, hint in _HINTS if isinstance(field, cls)), "")
    number = {MoneyField: "0.00", CountField: "0"}.get(type(field), "@")
    found = {
        "label": field.label,
        "hint": field.help_text or kind,
        "choices": YES_NO if boolean else tuple((c, w) for c, w in choices if c),
        "several": isinstance(field, forms.MultipleChoiceField),
        "required": field.required,
        "number": number,
    }
    return Column(name, **found | changed)


MEMBERS = Sheet(
    Section.MEMBERS.value,
    Section.MEMBERS.label,
    tuple(_column(MemberForm, name) for name in ("uscc", *MemberForm._meta.fields)),
    known_by=("uscc",),
    most_rows=200,
)
_MEMBERS_OF_TASK = _("One per line: credit code or name of a member of this filing.")
TASKS = Sheet(
    Section.TASKS.value,
    Section.TASKS.label,
    tuple(
        _column(TaskForm, name, **({"hint": _MEMBERS_OF_TASK} if name == "members" else {}))
        for name in TaskForm._meta.fields
    ),
    known_by=("title", "goal"),
    most_rows=200,
)
MILESTONES = Sheet(
    "milestones",
    _("Milestones"),
    (
        Column("task", _("Key task"), _("The title as on the sheet of the tasks."), required=True),
        _column(MilestoneForm, "month", hint=_("1 is the first month of the term.")),
        _column(MilestoneForm, "title", label=_("Milestone")),
    ),
    known_by=("task", "month"),
    most_rows=2000,
)
SHEETS: dict[str, tuple[Sheet, ...]] = {
    Section.MEMBERS.value: (MEMBERS,),
    Section.TASKS.value: (TASKS, MILESTONES),
}
