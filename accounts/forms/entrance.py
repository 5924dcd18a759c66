"""The forms in front of an account: sign in, register with a unit, register by an invitation."""

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.forms.unit import UnitFields
from accounts.joining import enter_unit


class NameOrEmailLoginForm(LoginForm):
    """The library's form in plain words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class AccountForm(SignupForm):
    """A person's own account."""

    full_name = forms.CharField(label=_("Your name"), max_length=60)

    ACCOUNT = ("full_name", "username", "email", "password1", "password2")
    field_order = ACCOUNT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["email"].label = _("E-mail address")
        for name in self.ACCOUNT:
            # A grey word in a field that repeats its label is one more thing to read.
            self.fields[name].widget.attrs.pop("placeholder", None)

    def account_fields(self):
        return [self[name] for name in self.ACCOUNT]

    def save(self, request):
        user = super().save(request)
        user.full_name = self.cleaned_data["full_name"]
        user.language = request.LANGUAGE_CODE
        user.save(update_fields=["full_name", "language"])
        return user


class UnitSignupForm(UnitFields, AccountForm):
    """A unit registers through its first user, who becomes its owner; later ones ask to join."""

    field_order = [*AccountForm.ACCOUNT, *UnitFields.UNIT]

    def save(self, request):
        """Make the person and its unit or its request, both or none."""
        with transaction.atomic():
            user = super().save(request)
            enter_unit(user, contact_name=user.full_name, **self.unit_values())
        return user


class InvitedForm(AccountForm):
    """Whoever came by an invitation has proved the address and chooses the rest."""

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, initial={"email": email}, **kwargs)
        self.fields["email"].disabled = True

    def clean(self):
        cleaned = super().clean()
        if self.account_already_exists:
            raise ValidationError(_("This address has an account meanwhile: please sign in."))
        return cleaned
