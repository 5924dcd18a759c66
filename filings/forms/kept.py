"""Forms that know what they showed, so that a save never overwrites what nobody saw."""

import json
from typing import Any

from django import forms

from filings import kept
from filings.forms.pasted import PastedText
from filings.merging import Choice, Seen
from filings.snapshot import plain


def as_sent(value: Any) -> str:
    """A value as the page carries it to and fro."""
    return json.dumps(plain(value), ensure_ascii=False)


class KeptForm(PastedText, forms.ModelForm):
    """A form whose page remembers, beside each field, the value that was stored when it was shown.

    It never saves: a service writes `values` and is told what was `seen` (`filings.merging`).
    """

    extra_kept: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What was typed into a form that comes back is still compared with what that form showed.
        shown = {name: self.data.get(f"seen-{name}", "") for name in self.kept_names}
        if not self.is_bound:
            values = kept.stored(self.instance, self.kept_names)
            shown = {name: as_sent(value) for name, value in values.items()}
        for name in self.kept_names:
            self.show(name, shown[name])

    @property
    def kept_names(self) -> list[str]:
        return [*self._meta.fields, *self.extra_kept]

    def show(self, name: str, value: str) -> None:
        """Put what the page remembers of a field beside the field."""
        self.fields[name].seen = value

    def label_of(self, name: str) -> str:
        return str(self.fields[name].label)

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
