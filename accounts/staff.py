"""How the administrator gives people their roles."""

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import ACTING, LABELS, Role


def may_be_held_together(roles) -> bool:
    """Who watches does not act: an auditor holds no other role."""
    return Role.AUDITOR not in roles or not set(roles) & set(ACTING)


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(
            queryset=Group.objects.filter(name__in=list(Role)).order_by("pk"),
            label=_("Roles at the bureau"),
            help_text=_("None for people of units. An auditor holds no other role."),
            required=False,
            **kwargs,
        )

    def label_from_instance(self, group):
        return LABELS[Role(group.name)]

    def clean(self, value):
        groups = super().clean(value)
        if not may_be_held_together({group.name for group in groups}):
            raise ValidationError(
                _("An auditor sees all and changes nothing: choose either that role or others.")
            )
        return groups


class RolesForm(forms.ModelForm):
    """A person with its roles; whoever has one may enter the workbench."""

    groups = RolesField()

    def clean(self):
        super().clean()
        if "groups" in self.fields:
            self.instance.is_staff = self.instance.is_superuser or bool(
                self.cleaned_data.get("groups")
            )


class StaffChangeForm(RolesForm, UserChangeForm):
    class Meta:
        model = User
        fields = ["username", "password", "full_name", "email", "language", "is_active", "groups"]


class StaffCreationForm(RolesForm, UserCreationForm):
    class Meta:
        model = User
        fields = ["username", "full_name", "email", "language", "groups"]
