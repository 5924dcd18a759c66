"""What a unit fills in of a report: its own part, its projects, its name under them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from filings.forms.fields import CountField, MoneyField, TextArea
from filings.forms.kept import KeptForm
from filings.forms.pasted import PastedText
from reports.forms import figure_field
from reports.models import ReportProject, UnitPart
from reports.models.unit import FIGURES, INCOME, PURPOSES, SOURCES, STAFF, TALENTS, TRAINED

GROUPS = (
    (_("Work"), ("work",)),
    (_("Funds put in, by source"), SOURCES),
    (_("Funds used, by purpose"), PURPOSES),
    (_("Income and its sharing"), INCOME),
    (_("People"), STAFF),
    (_("People trained"), TRAINED),
    (_("Talents won"), TALENTS),
)


class UnitPartForm(KeptForm):
    """A unit's year. Incomplete is fine: what is missing is for the findings."""

    class Meta:
        model = UnitPart
        fields = ["work", *FIGURES]
        formfield_callback = figure_field

    def _post_clean(self):
        # The stored row stays as it is until the service writes it.
        pass

    @property
    def groups(self):
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]


class PercentField(CountField):
    suffix = "%"

    def __init__(self, **kwargs):
        super().__init__(**{"max_value": 100} | kwargs)


class ProjectForm(PastedText, forms.ModelForm):
    """A project that the unit is in charge of; the others of the consortium may be partners."""

    budget = MoneyField(label=_("Budget"))
    spent = MoneyField(label=_("Spent this year"))
    planned_percent = PercentField(label=_("Progress planned by the year's end"))
    done_percent = PercentField(label=_("Progress made by the year's end"))
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    class Meta:
        model = ReportProject
        fields = [
            "title", "task", "partners", "budget", "spent", "stage", "planned_percent",
            "done_percent", "result",
        ]  # fmt: skip
        widgets = {"result": TextArea(4), "partners": forms.CheckboxSelectMultiple}

    def __init__(self, *args, part, **kwargs):
        super().__init__(*args, **kwargs)
        report = part.report
        others = report.units.exclude(unit=part.unit_id).values("unit")
        self.fields["partners"].queryset = Unit.objects.filter(pk__in=others).order_by("name")
        self.fields["task"].queryset = report.consortium.tasks.all()

    def _post_clean(self):
        # The stored row stays as it is until the service writes it.
        pass

    @property
    def values(self) -> dict:
        """What was typed, by the names of the columns; after `is_valid()`."""
        cleaned = dict(self.cleaned_data)
        task = cleaned.pop("task")
        cleaned.pop("shown")
        return cleaned | {"task_id": task.pk if task else None}


class SignOffForm(PastedText, forms.Form):
    """A member's name under its part; `shown` is the digest of what the page shows."""

    signed_name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("Typing it signs off the part of your unit as it stands on this page."),
        error_messages={"required": _("Type your name to sign off the part.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SkipForm(PastedText, forms.Form):
    """Why the lead unit goes on without a member's sign-off."""

    reason = forms.CharField(
        label=_("Why the report goes on without"),
        max_length=2000,
        widget=TextArea(3),
        error_messages={"required": _("Say why the report goes on without this unit's sign-off.")},
    )
