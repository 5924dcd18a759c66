"""What a unit fills in of a report: its own part, its projects, its name under them."""

from django import forms
from django.utils.translation import gettext_lazy as _

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

    @property
    def groups(self):
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]


class PercentField(CountField):
    suffix = "%"

    def __init__(self, **kwargs):
        super().__init__(**{"max_value": 100} | kwargs)


class ProjectForm(KeptForm):
    """A project that a unit is in charge of; the others of the consortium may be partners."""

    task_id = forms.TypedChoiceField(
        label=_("Key task of the filing"), coerce=int, empty_value=None, required=False
    )
    partners = forms.TypedMultipleChoiceField(
        label=_("Other units that take part"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    budget = MoneyField(label=_("Budget"))
    spent = MoneyField(label=_("Spent this year"))
    planned_percent = PercentField(label=_("Progress planned by the year's end"))
    done_percent = PercentField(label=_("Progress made by the year's end"))

    # Kept beside the columns, which a form reads from a row without a query.
    extra_kept = ("partners",)
    field_order = ["title", "unit_id", "task_id", "partners"]

    class Meta:
        model = ReportProject
        fields = [
            "title", "task_id", "budget", "spent", "stage", "planned_percent", "done_percent",
            "result",
        ]  # fmt: skip
        widgets = {"result": TextArea(4)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        report = self.instance.report
        self.units = list(report.units.order_by("name").values_list("unit_id", "name"))
        tasks = report.consortium.tasks.values_list("pk", "title")
        self.fields["task_id"].choices = [("", "—"), *tasks]
        self.fields["partners"].choices = self.possible_partners()

    def possible_partners(self) -> list[tuple[int, str]]:
        return [(pk, name) for pk, name in self.units if pk != self.instance.unit_id]

    def clean_partners(self):
        return sorted(self.cleaned_data["partners"])


class LeadsProjectForm(ProjectForm):
    """The same for the lead unit, which also says who is in charge."""

    unit_id = forms.TypedChoiceField(label=_("Unit in charge"), coerce=int)

    class Meta(ProjectForm.Meta):
        fields = ["title", "unit_id", *ProjectForm.Meta.fields[1:]]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit = self.instance.unit
        gone = [] if unit.pk in dict(self.units) else [(unit.pk, unit.name)]
        self.fields["unit_id"].choices = [*self.units, *gone]

    def possible_partners(self):
        return self.units

    def clean(self):
        cleaned = super().clean()
        if "partners" in cleaned:
            # Who is in charge takes part anyway.
            cleaned["partners"] = [pk for pk in cleaned["partners"] if pk != cleaned.get("unit_id")]
        return cleaned


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
