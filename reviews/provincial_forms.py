"""What the bureau's steps on applications to the province ask for (clause 2)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.documents import inspect
from filings.forms.fields import CountField, DayField
from filings.forms.provincial import SAID
from filings.forms.steps import StepForm, long_text
from filings.models import ProvincialApplication

Outcome = ProvincialApplication.Outcome


class RecordForm(StepForm):
    """An application and what became of it, from the province's own list."""

    year = CountField(
        label=_("Year of the application"), required=True, min_value=2000, max_value=2099
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    decided_on = DayField(
        label=_("Decided on"), required=False, help_text=_("When the province has decided.")
    )
    title = forms.CharField(
        label=_("Name of the provincial consortium"), max_length=300, required=False
    )
    number = forms.CharField(
        label=_("Number of the province's document"), max_length=100, required=False
    )
    upload = forms.FileField(
        label=_("Document of the province"),
        required=False,
        widget=forms.FileInput({"accept": "application/pdf"}),
    )

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            inspect(upload)
        return upload


class OutcomeForm(RecordForm):
    """The same, beginning from what is recorded."""

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        for name in SAID:
            self.fields[name].initial = getattr(subject, name)


class RefuseForm(StepForm):
    reason = forms.CharField(
        label=_("Why it is not confirmed"),
        help_text=_("The lead unit reads it and may report again."),
        max_length=2000,
        widget=long_text(),
    )
