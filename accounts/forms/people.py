"""The forms about people of a unit: their roles, whom to invite, whom to let in."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import ROLE_WORDS, Membership, User


def role_choices() -> list[tuple[str, str]]:
    """The roles, each with what it may."""
    return [
        (role.value, gettext("%(role)s: %(words)s") % {"role": role.label, "words": words})
        for role, words in ROLE_WORDS.items()
    ]


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=role_choices,
        initial=Membership.Role.EDITOR,
        widget=forms.RadioSelect,
    )


class InvitationForm(RoleForm):
    """Whom an owner lets into its unit."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The link goes here. Whoever reads it can enter for your unit."),
    )
    field_order = ["email", "role"]


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it."),
    )


class LanguageForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "language"]
