"""The forms about a unit: its registration, its data, and its code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import UsccField
from accounts.models import Unit, UnitKind
from accounts.places import Place

CHOOSE = ("", _("Please choose"))


class UnitFields(forms.Form):
    """What a unit says of itself when it registers."""

    uscc = UsccField(
        help_text=_(
            "18 digits and capital letters, as on the licence. "
            "If your unit is registered already, its owner is asked to let you in."
        )
    )
    unit_name = forms.CharField(
        label=_("Name of the unit"), max_length=300, help_text=_("In full, as on the licence.")
    )
    unit_kind = forms.ChoiceField(label=_("Kind of unit"), choices=[CHOOSE, *UnitKind.choices])
    place = forms.ChoiceField(label=_("District"), choices=[CHOOSE, *Place.choices])
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    legal_representative = forms.CharField(
        label=_("Legal representative"), max_length=60, required=False
    )
    contact_phone = forms.CharField(
        label=_("Contact telephone"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    UNIT = (
        "uscc", "unit_name", "unit_kind", "place", "address", "legal_representative",
        "contact_phone",
    )  # fmt: skip

    def unit_fields(self):
        return [self[name] for name in self.UNIT]

    def unit_values(self) -> dict:
        """What `joining.enter_unit` takes, but for the contact's name."""
        values = {name: self.cleaned_data[name] for name in self.UNIT}
        return {"name": values.pop("unit_name"), "kind": values.pop("unit_kind"), **values}


class RegistrationForm(UnitFields):
    """A unit registers through somebody who has an account already."""


class CodeForm(forms.Form):
    """Which unit somebody wants to join."""

    uscc = UsccField()


class UnitForm(forms.ModelForm):
    """What a unit may mend itself; its code and name are those of the legal entity."""

    class Meta:
        model = Unit
        fields = [
            "kind",
            "place",
            "address",
            "legal_representative",
            "contact_name",
            "contact_phone",
        ]
