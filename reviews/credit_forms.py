"""What the pages of credit cases ask for: charge, evidence, statement, decision, correction."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.forms.files import FilesField
from filings.forms.steps import ReasonForm, StepForm, day_input, long_text
from filings.models import CreditCase
from reviews.credit import units_of
from reviews.records import CORRECTABLE


class OpenCaseForm(StepForm):
    unit = forms.ModelChoiceField(
        label=_("Unit"), help_text=_("The unit at fault, not the whole consortium."), queryset=None
    )
    stage = forms.ChoiceField(
        label=_("Stage"),
        help_text=_("Where the dishonesty showed (clause 5.3)."),
        choices=CreditCase.Stage.choices,
    )
    facts = forms.CharField(label=_("Facts"), max_length=5000, widget=long_text(6))
    evidence = forms.CharField(
        label=_("Evidence"),
        help_text=_("Documents, checks, statements: what proves each fact."),
        max_length=5000,
        widget=long_text(6),
    )
    files = FilesField(
        label=_("Files"),
        help_text=_("PDF files; several may be chosen at once."),
        required=False,
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        help_text=_("The regulation and its article; the guideline alone names no measure."),
        max_length=200,
    )

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["unit"].queryset = units_of(subject)
        self.fields["unit"].initial = subject.lead_unit_id


class DecideForm(StepForm):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[c for c in CreditCase.Outcome.choices if c[0] != CreditCase.Outcome.OPEN],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It goes to the unit and stays with the case."),
        max_length=5000,
        widget=long_text(6),
    )
    decision_number = forms.CharField(
        label=_("Number of the decision"),
        help_text=_("Asked for when the case is upheld."),
        max_length=60,
        required=False,
    )
    valid_from = forms.DateField(
        label=_("Record begins on"),
        help_text=_("Asked for when the case is upheld."),
        required=False,
        widget=day_input(),
    )
    valid_to = forms.DateField(
        label=_("Record ends on"),
        help_text=_("Empty: in force until it is lifted."),
        required=False,
        widget=day_input(),
    )


class EvidenceForm(ReasonForm):
    files = FilesField(label=_("Files"), help_text=_("PDF files; several may be chosen at once."))
    field_order = ["files", "reason"]


class CorrectForm(StepForm):
    """The record as it stands, to be put right."""

    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200)
    valid_from = forms.DateField(label=_("Record begins on"), widget=day_input())
    valid_to = forms.DateField(
        label=_("Record ends on"),
        help_text=_("Empty: in force until it is lifted."),
        required=False,
        widget=day_input(),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It goes to the unit and stays with the record, beside what stood there."),
        max_length=2000,
        widget=long_text(),
    )

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        for name in CORRECTABLE:
            self.fields[name].initial = getattr(subject, name)


class StatementForm(forms.Form):
    text = forms.CharField(
        label=_("Statement of your unit"),
        help_text=_("What is right, what is wrong, and what speaks for you. It is handed in once."),
        max_length=10000,
        widget=long_text(12),
    )
    files = FilesField(
        label=_("Files"),
        help_text=_("PDF files; several may be chosen at once."),
        required=False,
    )
