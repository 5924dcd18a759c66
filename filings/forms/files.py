"""Files that bring a filing, or rows of one, into the portal, and several papers at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit

MOST_FILES = 10


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=_("Filled template"),
        help_text=_(
            "An Excel workbook (.xlsx) of at most 2 MB. It is checked first; nothing is saved yet."
        ),
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
    )


class DocumentFileForm(forms.Form):
    unit = forms.ModelChoiceField(
        label=_("Lead unit"),
        queryset=Unit.objects.none(),
        help_text=_("It answers for the filing and never changes (clause 5.3)."),
    )
    file = forms.FileField(
        label=_("JSON file"),
        help_text=_("As this portal exports it, at most 2 MB."),
        widget=forms.ClearableFileInput({"accept": ".json"}),
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0]


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self):
        super().__init__({"accept": "application/pdf"})


class FilesField(forms.FileField):
    """Several files at once, as a list; whether each is fit is judged where it is kept."""

    widget = FilesInput

    def clean(self, data, initial=None):
        if self.required and not data:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(data or ()) > MOST_FILES:
            raise ValidationError(
                _("At most %(most)s files at once.") % {"most": MOST_FILES}, code="many"
            )
        return [super(FilesField, self).clean(file, initial) for file in data or ()]
