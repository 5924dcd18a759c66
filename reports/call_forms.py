"""What the steps of a call and of its reports ask for before they act."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.forms.files import FilesField
from filings.forms.steps import ReasonForm, StepForm, day_input


class AttachForm(StepForm):
    files = FilesField(label=_("Files"), help_text=_("PDF files; several may be chosen at once."))


class DueDayForm(ReasonForm):
    due_on = forms.DateField(label=_("New due day"), widget=day_input())
    field_order = ["due_on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The lead units concerned read it.")


class PostponeForm(DueDayForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The lead units read it, and so does the public.")
