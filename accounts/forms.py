from allauth.account.forms import SignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import UsccField
from accounts.models import Unit, UnitKind, User
from accounts.places import Place
from accounts.services import claim_unit, has_people


class UnitSignupForm(SignupForm):
    """A unit registers through its first user, who becomes its owner."""

    full_name = forms.CharField(label=_("Your name"), max_length=60)
    uscc = UsccField()
    unit_name = forms.CharField(
        label=_("Name of the unit"), max_length=200, help_text=_("In full, as on the licence.")
    )
    unit_kind = forms.ChoiceField(label=_("Kind of unit"), choices=UnitKind.choices)
    place = forms.ChoiceField(label=_("District"), choices=Place.choices)
    contact_phone = forms.CharField(label=_("Contact telephone"), max_length=30)

    field_order = [
        "full_name", "username", "email", "password1", "password2",
        "uscc", "unit_name", "unit_kind", "place", "contact_phone",
    ]  # fmt: skip

    def clean_uscc(self):
        code = self.cleaned_data["uscc"]
        if has_people(code):
            raise ValidationError(
                _("This unit is registered already: ask its owner to let you in."), code="taken"
            )
        return code

    def save(self, request):
        with transaction.atomic():
            user = super().save(request)
            user.full_name = self.cleaned_data["full_name"]
            user.language = request.LANGUAGE_CODE
            user.save(update_fields=["full_name", "language"])
            claim_unit(
                user,
                uscc=self.cleaned_data["uscc"],
                name=self.cleaned_data["unit_name"],
                kind=self.cleaned_data["unit_kind"],
                place=self.cleaned_data["place"],
                contact_name=user.full_name,
                contact_phone=self.cleaned_data["contact_phone"],
            )
        return user


class UnitForm(forms.ModelForm):
    """What a unit may mend itself; its code and name are those of the legal entity."""

    class Meta:
        model = Unit
        fields = ["kind", "place", "address", "legal_representative", "contact_name", "contact_phone"]


class LanguageForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "language"]
