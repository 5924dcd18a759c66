"""Forms that know what they showed, so that a save never overwrites what nobody saw."""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import capfirst

from filings import kept
from filings.forms.pasted import PastedText
from filings.merging import Choice, Seen
from filings.snapshot import plain

MOST_ROWS = 200


def as_sent(value: Any) -> str:
    """A value as the page carries it to and fro."""
    return json.dumps(plain(value), ensure_ascii=False)


class KeptForm(PastedText, forms.ModelForm):
    """A form whose page remembers, beside each field, the value that was stored when it was shown.

    It never saves: a service writes `values` and is told what was `seen` (`filings.merging`).
    """

    extra_kept: tuple[str, ...] = ()
    # Fields that are columns of the instance's own rows, by their names (`with_rows`).
    of_rows: Mapping[str, Model] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What was typed into a form that comes back is still compared with what that form showed.
        shown = {name: self.data.get(f"seen-{name}", "") for name in self.kept_names}
        if not self.is_bound:
            values = kept.stored(self.instance, self.kept_names)
            shown = {name: as_sent(value) for name, value in values.items()}
            self.initial |= values | (kwargs.get("initial") or {})
        for name in self.kept_names:
            self.show(name, shown[name])

    def _post_clean(self):
        # The stored row stays as it is until the service writes it.
        pass

    @property
    def kept_names(self) -> list[str]:
        return [*self._meta.fields, *self.of_rows, *self.extra_kept]

    def show(self, name: str, value: str) -> None:
        """Put what the page remembers of a field beside the field."""
        self.fields[name].seen = value

    def label_of(self, name: str) -> str:
        label = str(self.fields[name].label)
        return f"{self.of_rows[name]} · {label}" if name in self.of_rows else label

    @property
    def seen(self) -> Seen:
        return Seen.from_post(self.data, self.kept_names)

    @property
    def choices(self) -> dict[str, str]:
        """What the person chose where two had changed a field: "mine" or "theirs"."""
        chosen = {name: self.data.get(f"choice-{name}") for name in self.kept_names}
        return {name: choice for name, choice in chosen.items() if choice in list(Choice)}

    @property
    def values(self) -> dict[str, Any]:
        """What was typed and is valid, by field name; after `is_valid()`."""
        return {
            name: self.cleaned_data[name] for name in self.kept_names if name in self.cleaned_data
        }

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the instance itself."""
        return [self[name] for name in self._meta.fields]

    def fields_of(self, row: Model) -> list[forms.BoundField]:
        """The fields of one of its rows."""
        return [self[name] for name, one in self.of_rows.items() if one == row]


def with_rows(
    form: type[KeptForm], relation: str, rows: Iterable[Model], columns: Mapping[str, forms.Field]
) -> type[KeptForm]:
    """The form with a field for each of the `columns` of each of an instance's rows, which its
    `relation` leads to."""
    named = {
        kept.row_field(relation, row.pk, column): (row, field)
        for row in rows
        for column, field in columns.items()
    }
    # One each: a field carries what its place shows.
    fields = {name: deepcopy(field) for name, (_row, field) in named.items()}
    of_rows = {name: row for name, (row, _field) in named.items()}
    return type(form)(form.__name__, (form,), fields | {"of_rows": of_rows})


class ListedRows(forms.BaseFormSet):
    """Rows of a list that is kept as one value; one that was emptied is a row less."""

    # The column that they are put in order by.
    by: str

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.empty_permitted = True
        return form

    @property
    def values(self) -> list[list]:
        """The columns of each row, plain, in the order of the calendar; after `is_valid()`."""
        names = self.form.base_fields
        rows = sorted((row for row in self.cleaned_data if row), key=lambda row: row[self.by])
        return [[plain(row[name]) for name in names] for row in rows]


class ListForm(KeptForm):
    """A kept form together with the rows of a list, which is kept as one value: shown, compared
    and written whole. The columns of a row are the model's `KEPT`."""

    # The relation that leads to the rows, the formset of them, and what is said of a bad one.
    listed: str
    rows_class: type[ListedRows]
    incomplete: str

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        names = self.rows_class.form.base_fields
        rows = [] if self.is_bound else json.loads(self.listed_seen)
        self.rows = self.rows_class(
            self.data if self.is_bound else None,
            prefix=self.listed,
            initial=None if self.is_bound else [dict(zip(names, row, strict=True)) for row in rows],
            form_kwargs=self.given_to_rows(),
        )

    def given_to_rows(self) -> dict:
        """What each row of the form is made with besides."""
        return {}

    @property
    def kept_names(self):
        return [*super().kept_names, self.listed]

    def show(self, name, value):
        if name == self.listed:
            self.listed_seen = value
        else:
            super().show(name, value)

    def label_of(self, name):
        if name == self.listed:
            rows = self._meta.model._meta.get_field(name).related_model
            return capfirst(str(rows._meta.verbose_name_plural))
        return super().label_of(name)

    def _post_clean(self):
        super()._post_clean()
        if self.rows.is_valid():
            self.cleaned_data[self.listed] = self.rows.values
        else:
            self.add_error(None, self.incomplete)

    @classmethod
    def other_rows(cls, data):
        """What was posted with rows more, or one row less: "Add rows" needs no script; None where
        neither was asked for."""
        if "remove_row" in data:
            return _without_row(data, cls.listed, data["remove_row"], cls.rows_class.form)
        if "add_row" in data:
            return _with_more_rows(data, cls.listed)
        return None


def _with_more_rows(data, prefix: str, more: int = 3):
    data = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    try:
        data[name] = str(min(int(data[name]) + more, MOST_ROWS))
    except (KeyError, ValueError):
        data[name] = str(more)
    return data


def _without_row(data, prefix: str, row: str, form: type[forms.BaseForm]):
    """One row taken out and those below it moved up."""
    data = data.copy()
    try:
        total, gone = int(data[f"{prefix}-TOTAL_FORMS"]), int(row)
    except (KeyError, ValueError):
        return data
    if not 0 <= gone < total <= MOST_ROWS:
        return data
    for place in range(gone, total - 1):
        for name in form.base_fields:
            data[f"{prefix}-{place}-{name}"] = data.get(f"{prefix}-{place + 1}-{name}", "")
    data[f"{prefix}-TOTAL_FORMS"] = str(total - 1)
    return data
