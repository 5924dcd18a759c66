"""The form of a closing summary: its texts and figures, two fields for each goal or milestone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.closing.content import FIGURES, TEXTS
from filings.forms.fields import CountField, MoneyField, TextArea
from filings.forms.kept import KeptForm, with_rows
from filings.models import ClosingResult, ClosingSummary, KeyTask
from filings.term import last_day


@dataclass(slots=True)
class ResultRow:
    """A goal or milestone on the page: what it was, by when, and the fields that answer for it."""

    result: ClosingResult
    due: date | None
    fields: list[forms.BoundField]


@dataclass(slots=True)
class TaskRows:
    task: KeyTask
    rows: list[ResultRow]


class ClosingForm(KeptForm):
    patents = CountField(label=_("Invention patents granted"))
    standards = CountField(label=_("Standards issued"))
    papers = CountField(label=pgettext_lazy("research", "Papers"))
    products = CountField(label=_("New products"))
    income = MoneyField(label=_("Income from results"))

    class Meta:
        model = ClosingSummary
        fields = [*TEXTS[:2], *FIGURES, *TEXTS[2:]]

    @property
    def tasks(self) -> Iterator[TaskRows]:
        """The rows, task by task."""
        starts_on = self.instance.consortium.starts_on
        current = None
        for result in self.instance.results.all():
            if current is None or current.task != result.task:
                if current:
                    yield current
                current = TaskRows(result.task, [])
            due = last_day(starts_on, result.milestone.month) if result.milestone else None
            current.rows.append(ResultRow(result, due, self.fields_of(result)))
        if current:
            yield current


def closing_form(summary: ClosingSummary) -> type[KeptForm]:
    """The form of one summary: it has fields for its rows (their task and milestone fetched)."""
    columns = {
        "state": forms.ChoiceField(
            label=_("How it came out"),
            choices=[("", "—"), *ClosingResult.State.choices],
            required=False,
        ),
        "evidence": forms.CharField(
            label=_("Evidence, or why not"), max_length=2000, required=False, widget=TextArea(2)
        ),
    }
    return with_rows(ClosingForm, "results", summary.results.all(), columns)
