"""A form that is kept: saved by its button or by itself, and compared with what others saved."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from filings import kept
from filings.forms.kept import KeptForm, ListForm, as_sent
from filings.merging import Merge


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed: what is stored, and what goes back with the choice."""

    name: str
    label: str
    theirs: str
    shown: str


@dataclass(frozen=True)
class Saved:
    """What came of a save: the stored row, what is left to choose, and what was typed there."""

    form_class: type[KeptForm]
    row: Model
    found: Merge
    typed: dict[str, Any]

    @cached_property
    def form(self) -> KeptForm:
        """The form of what is stored now; what is left to choose stays in it as it was typed. Made
        when it is shown: after most saves it is not."""
        return self.form_class(instance=self.row, initial=self.typed)

    @cached_property
    def clashes(self) -> list[Clash]:
        """The fields to choose between, in the order of the form."""
        if not self.typed:
            return []
        return [_clash(self.form, name) for name in self.form.kept_names if name in self.typed]


def is_autosave(request) -> bool:
    """Whether the page saves by itself. It may carry along the button that was pressed last."""
    return bool(request.htmx) and request.POST.get("autosave") == "1"


def other_rows(request, form_class: type[ListForm]):
    """What was posted with rows more or a row less; None where that was not asked for. A page that
    saves itself may carry along the button that was pressed last."""
    return None if is_autosave(request) else form_class.other_rows(request.POST)


def save(form: KeptForm, write: Callable[..., tuple[Model, Merge]], user) -> Saved:
    """Write what is valid of a bound form through a service."""
    form.is_valid()
    row, found = write(user=user, fields=form.values, seen=form.seen, choices=form.choices)
    typed = {name: form.values[name] for name in found.clashes}
    return Saved(type(form), row, found, typed)


def _clash(form: KeptForm, name: str) -> Clash:
    row = form.instance
    return Clash(
        name=name,
        label=form.label_of(name),
        theirs=kept.in_words(row, name),
        shown=as_sent(kept.stored(row, [name])[name]),
    )


def tell(request, saved: Saved) -> None:
    """Say what came of a save by the button: done, or left to choose; and what others changed."""
    if saved.found.taken:
        labels = [saved.form.label_of(name) for name in sorted(saved.found.taken)]
        text = _("Somebody else changed this meanwhile, and it stands: %(fields)s.")
        messages.warning(request, text % {"fields": get_text_list(labels, _("and"))})
    if saved.clashes:
        messages.error(request, _("Somebody else changed the same fields: choose what stands."))
    else:
        messages.success(request, _("Saved."))


def answer(request, form: KeptForm, saved: Saved, context: dict):
    """The answer to a save that a page made by itself: pieces that replace those of the page.

    A field where another one's text stands now comes back whole. Of the others only what the page
    remembers changes, so that nothing moves under the hands of whoever types on.
    """
    taken = sorted(saved.found.taken)
    pieces = {
        "seen": [
            (name, as_sent(value))
            for name, value in form.values.items()
            if name not in saved.found.taken | saved.found.clashes
        ],
        "problems": [field for field in form if field.errors],
        "general": form.non_field_errors(),
        "clashes": saved.clashes,
        "at": timezone.localtime(),
    }
    if taken or saved.clashes:
        fresh = saved.form
        for name in fresh.fields.keys() & saved.found.taken:
            fresh.fields[name].swap = True
        pieces |= {
            "form": fresh,
            "taken": [fresh[name] for name in taken if name in fresh.fields],
            "rows_taken": getattr(fresh, "listed", None) in taken,
            "labels": [fresh.label_of(name) for name in taken],
        }
    return render(request, "filings/_autosave.html", context | pieces)
