"""What is reported of an application for a provincial consortium (clause 2)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.forms.documents import FileForm, PdfField
from filings.forms.fields import CountField, DayField
from filings.forms.pasted import PastedText
from filings.models import ProvincialApplication

SAID = ["year", "outcome", "decided_on", "title", "number"]


class ProvincialForm(PastedText, FileForm, forms.ModelForm):
    """The service judges whether what is said fits together; here only each field is."""

    year = CountField(
        label=_("Year of the application"), required=True, min_value=2000, max_value=2099
    )
    decided_on = DayField(
        label=_("Decided on"), required=False, help_text=_("When the province has decided.")
    )
    upload = PdfField(
        label=_("Document of the province"),
        required=False,
        help_text=_("The notice or list that says so; needed once the province has decided."),
    )
    field_order = [*SAID, "upload"]
    needs_file = False

    class Meta:
        model = ProvincialApplication
        fields = SAID

    def _post_clean(self):
        # The stored row stays as it is until the service writes it.
        pass

    @property
    def said(self) -> dict:
        return {name: self.cleaned_data[name] for name in SAID}
