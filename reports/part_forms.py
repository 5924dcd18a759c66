"""One form for each part of a report; incomplete is fine, the checks say what is missing."""

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from filings.forms.fields import DayField, TextArea
from filings.forms.kept import KeptForm, ListedRows, ListForm, with_rows
from filings.forms.pasted import PastedText
from reports.figures import OF_REPORT
from reports.forms import figure_field
from reports.models import AnnualReport, PlanMilestone
from reports.parts import Part
from reports.rows import OF_FORM, SAID


class PartForm(KeptForm):
    """The text and the figures of a part, and fields for the rows that it holds."""

    @property
    def rows_of(self) -> list[tuple]:
        """Each row with its fields."""
        rows = dict.fromkeys(self.of_rows.values())
        return [(row, self.fields_of(row)) for row in rows]


def _one_of(name: str) -> forms.TypedChoiceField:
    """Another row by its key, from choices that are read once for all rows."""
    label = capfirst(PlanMilestone._meta.get_field(name).verbose_name)
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=False)


class PlanRow(PastedText, forms.ModelForm):
    due_on = DayField(label=_("Planned by"))
    task_id = _one_of("task")
    unit_id = _one_of("unit")

    class Meta:
        model = PlanMilestone
        fields = ["title", "due_on"]

    def __init__(self, *args, tasks, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["task_id"].choices = tasks
        self.fields["unit_id"].choices = units


class PlanRows(ListedRows):
    by = "due_on"


class PlanForm(ListForm, PartForm):
    """The plan for next year with its milestones, which the next report tells of."""

    listed = "plan_milestones"
    rows_class = forms.formset_factory(
        PlanRow, formset=PlanRows, extra=1, max_num=200, validate_max=True
    )
    incomplete = _("Please mend the milestones: name and day go together.")

    def given_to_rows(self):
        report = self.instance
        tasks = report.consortium.tasks.values_list("pk", "title")
        units = report.units.values_list("unit_id", "name")
        return {"tasks": [("", "—"), *tasks], "units": [("", "—"), *units]}


def _fields(model) -> dict[str, forms.Field]:
    """What people say in a row; long texts in small boxes, since there are many rows."""
    made = {}
    for name in SAID[model]:
        column = model._meta.get_field(name)
        long = column.get_internal_type() == "TextField"
        made[name] = column.formfield(**({"widget": TextArea(2)} if long else {}))
    return made


def part_form(report: AnnualReport, part: str) -> type[PartForm]:
    """The form of one part of a report, whose rows are read for it."""
    part = Part(part)
    prefetch_related_objects([report], *OF_FORM.get(part, ()))
    form = forms.modelform_factory(
        AnnualReport,
        PlanForm if part == Part.PLAN else PartForm,
        fields=[part.value, *OF_REPORT.get(part, ())],
        formfield_callback=figure_field,
    )
    for rows in OF_FORM.get(part, ()):
        related = getattr(report, rows.prefetch_to)
        form = with_rows(form, rows.prefetch_to, related.all(), _fields(related.model))
    return form
