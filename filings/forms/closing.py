"""The form of a closing summary: its texts and figures, two fields for each goal or milestone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.closing.content import FIGURES, TEXTS
from filings.forms.fields import CountField, MoneyField, TextArea
from filings.forms.kept import KeptForm
from filings.models import ClosingResult, ClosingSummary, KeyTask
from filings.models.closing import RESULT_FIELDS, result_field
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, value in self.instance.results_by_field.items():
            self.fields[name].initial = value

    def _post_clean(self):
        # The stored row stays as it is until the service writes it.
        pass

    def label_of(self, name):
        about = self.about.get(name)
        return f"{about} · {super().label_of(name)}" if about else super().label_of(name)

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
            fields = [self[result_field(result.pk, name)] for name in RESULT_FIELDS]
            current.rows.append(ResultRow(result, due, fields))
        if current:
            yield current

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The texts and figures, which are about the whole."""
        return [self[name] for name in self._meta.fields]


def closing_form(summary: ClosingSummary) -> type[ClosingForm]:
    """The form of one summary: it has fields for its rows (their task and milestone fetched)."""
    made, about = {}, {}
    for result in summary.results.all():
        state, evidence = (result_field(result.pk, name) for name in RESULT_FIELDS)
        made[state] = forms.ChoiceField(
            label=_("How it came out"),
            choices=[("", "—"), *ClosingResult.State.choices],
            required=False,
        )
        made[evidence] = forms.CharField(
            label=_("Evidence, or why not"), max_length=2000, required=False, widget=TextArea(2)
        )
        about |= {state: str(result), evidence: str(result)}
    extra = {"extra_kept": tuple(made), "about": about}
    return type(ClosingForm)("FormOfOneSummary", (ClosingForm,), made | extra)
