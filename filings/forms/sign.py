from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from filings.forms.pasted import PastedText


class SignForm(PastedText, forms.Form):
    """The statement of truth under a filing; `digest` and `version` are those of the page."""

    truth = forms.BooleanField(
        label=_(
            "I confirm for the lead unit that this filing is true and complete, and that it holds "
            "no state secrets (clause 5.3)."
        ),
        error_messages={"required": _("Confirm first that the filing is true and complete.")},
    )
    signed_name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("Typing it signs the statement; it stands on the receipt."),
        error_messages={"required": _("Type your name to sign the statement.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_signed_name(self):
        name = self.cleaned_data["signed_name"]
        if not any(character.isalpha() for character in name):
            raise ValidationError(_("Type your name to sign the statement."))
        return name


class ClosingSignForm(SignForm):
    """The same statement under a closing summary."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["truth"].label = _(
            "I confirm for the lead unit that this summary is true and complete, and that it holds "
            "no state secrets (clause 5.3)."
        )
        self.fields["truth"].error_messages["required"] = _(
            "Confirm first that the summary is true and complete."
        )
        self.fields["signed_name"].help_text = _("Typing it signs the statement.")
