from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import MAINLAND_MOBILE
from notices.channels import sms
from notices.kinds import Group, When, has_urgent
from notices.models import Preference


class PreferencesForm(forms.ModelForm):
    """How somebody wants its messages: one choice for each group, and the language of all."""

    class Meta:
        model = User
        fields = ["language"]

    def __init__(self, *args, groups: list[Group], chosen: dict[Group, Preference], **kwargs):
        super().__init__(*args, **kwargs)
        self.groups, self.chosen = groups, chosen
        self.by_sms = sms.is_enabled() and bool(self.instance.phone)
        for group in groups:
            if not group.fixed:
                self.fields[f"when_{group}"] = forms.ChoiceField(
                    label=group.label,
                    help_text=group.words,
                    choices=When.choices,
                    initial=chosen[group].when,
                    widget=forms.RadioSelect,
                )
            if self.by_sms and has_urgent(group):
                self.fields[f"sms_{group}"] = forms.BooleanField(
                    label=_("Urgent ones by SMS too"), required=False, initial=chosen[group].sms
                )

    def rows(self):
        """Each group with its fields; what is not offered is absent."""
        for group in self.groups:
            names = (f"when_{group}", f"sms_{group}")
            when, by_sms = (self[name] if name in self.fields else None for name in names)
            yield {"group": group, "when": when, "sms": by_sms}

    def wishes(self) -> list[Preference]:
        """What the person wants now; of what was not offered, the old choice stays."""
        data = self.cleaned_data
        return [
            Preference(
                user=self.instance,
                group=group,
                when=data.get(f"when_{group}", self.chosen[group].when),
                sms=data.get(f"sms_{group}", self.chosen[group].sms),
            )
            for group in self.groups
        ]


class PhoneForm(forms.Form):
    phone = forms.RegexField(
        MAINLAND_MOBILE,
        label=_("Mobile number"),
        max_length=20,
        help_text=_("A mainland number of 11 digits. A code is sent to it."),
        error_messages={"invalid": _("Please enter the 11 digits of a mainland mobile number.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national"}),
    )

    def __init__(self, data=None, **kwargs):
        # People write 138 0013 8000, 138-0013-8000 and +86 in front.
        if data is not None:
            written = "".join(c for c in data.get("phone", "") if c not in " -\u3000")
            data = data.copy()
            data["phone"] = written.removeprefix("+86")
        super().__init__(data, **kwargs)


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label=_("Code"),
        max_length=10,
        help_text=_("The six digits of the SMS. They hold for ten minutes."),
        error_messages={"invalid": _("The code has six digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
