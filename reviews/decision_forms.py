"""What decisions ask for: the words of a notice, the ground of a rejection, the outcome of an
objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.forms.steps import MoveForm, RemarkForm, StepForm, long_text
from filings.guideline import grounds
from filings.models import Objection, PublicNotice
from filings.publication import usual_text, usual_title


def title_field() -> forms.CharField:
    return forms.CharField(
        label=_("Title of the notice"),
        max_length=PublicNotice._meta.get_field("title").max_length,
        widget=forms.TextInput(attrs={"size": 60}),
    )


def text_field() -> forms.CharField:
    return forms.CharField(
        label=_("Text of the notice"),
        help_text=_("The filings, the days and how to object are added by themselves."),
        max_length=PublicNotice._meta.get_field("text").max_length,
        widget=long_text(4),
    )


class PublishForm(RemarkForm):
    """The notice over one filing; left empty, its words are the usual ones."""

    title, text = title_field(), text_field()
    field_order = ["expected_version", "title", "text", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = self.fields["text"].required = False
        self.fields["title"].initial = usual_title(self.subject.name)
        self.fields["text"].initial = usual_text()


def clause_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((clause, f"{clause} {asks}") for clause, asks in grounds().items())]


class RejectForm(MoveForm):
    clause = forms.ChoiceField(
        label=_("Clause of the guideline"),
        help_text=_("What the rejection rests on; the letter to the lead unit cites it."),
        choices=clause_choices,
    )
    field_order = ["expected_version", "clause", "reason"]


class AnswerForm(StepForm):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        help_text=_(
            "Upheld: the filing can't be granted as it stands, and only rejecting it is left."
        ),
        choices=Objection.Outcome.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Answer of the bureau"),
        help_text=_(
            "The objector reads it by its code, the units in the history: name no objector in it."
        ),
        max_length=5000,
        widget=long_text(8),
    )


class BatchForm(forms.Form):
    reason = forms.CharField(
        label=_("Remark"),
        help_text=_("It goes into the history of each filing and to its lead unit."),
        max_length=2000,
        required=False,
        widget=long_text(3),
    )


class BatchNoticeForm(BatchForm):
    """One notice over all that is published together."""

    title, text = title_field(), text_field()
    field_order = ["title", "text", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial, self.fields["text"].initial = usual_title(), usual_text()
