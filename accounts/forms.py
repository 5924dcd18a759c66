from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import UsccField
from accounts.models import Membership, Unit, UnitKind, User
from accounts.places import Place
from accounts.services import REGISTERED, claim_unit, has_people

CHOOSE = ("", _("Please choose"))


class NameOrEmailLoginForm(LoginForm):
    """The library's form in plain words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class UnitSignupForm(SignupForm):
    """A unit registers through its first user, who becomes its owner."""

    full_name = forms.CharField(label=_("Your name"), max_length=60)
    uscc = UsccField()
    unit_name = forms.CharField(
        label=_("Name of the unit"), max_length=200, help_text=_("In full, as on the licence.")
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

    ACCOUNT = ("full_name", "username", "email", "password1", "password2")
    UNIT = (
        "uscc", "unit_name", "unit_kind", "place", "address", "legal_representative",
        "contact_phone",
    )  # fmt: skip
    field_order = [*ACCOUNT, *UNIT]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["email"].label = _("E-mail address")
        for name in self.ACCOUNT:
            # A grey word in a field that repeats its label is one more thing to read.
            self.fields[name].widget.attrs.pop("placeholder", None)

    def account_fields(self):
        return [self[name] for name in self.ACCOUNT]

    def unit_fields(self):
        return [self[name] for name in self.UNIT]

    def clean_uscc(self):
        code = self.cleaned_data["uscc"]
        if has_people(code):
            raise ValidationError(REGISTERED, code="taken")
        return code

    def save(self, request):
        """Make the person and its unit, both or none. Raises ValidationError when somebody
        registered the unit in between."""
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
                address=self.cleaned_data["address"],
                legal_representative=self.cleaned_data["legal_representative"],
                contact_name=user.full_name,
                contact_phone=self.cleaned_data["contact_phone"],
            )
        return user


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


class PersonForm(forms.Form):
    """Whom an owner lets into its unit."""

    full_name = forms.CharField(label=_("Name"), max_length=60)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("An invitation goes here. Whoever reads it can enter for your unit."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.EDITOR,
        help_text=_("Both file and report for the unit. An owner also lets people in and out."),
    )


class LanguageForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "language"]
