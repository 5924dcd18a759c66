from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from filings.forms.pasted import PastedText


class StartForm(PastedText, forms.Form):
    """What a draft needs to begin; the lead unit is fixed from here on (clause 5.3)."""

    unit = forms.ModelChoiceField(
        label=_("Lead unit"),
        queryset=Unit.objects.none(),
        help_text=_("It answers for the filing and never changes (clause 5.3)."),
    )
    name = forms.CharField(
        label=_("Name of the consortium"),
        max_length=300,
        help_text=_("Usually the technology followed by the words for innovation consortium."),
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0]
