"""One form per part of the report; incomplete is fine, the checks say what is missing."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from filings.forms.documents import FileForm
from filings.forms.fields import CountField, DayField, MoneyField, TextArea
from filings.forms.sign import SignForm
from reports.figures import OF_REPORT
from reports.models import (
    AnnualReport,
    ChangeExplanation,
    MilestoneProgress,
    PlanMilestone,
    ReportProject,
    UnitPart,
)
from reports.models.unit import INCOME, PURPOSES, SOURCES, STAFF, TALENTS, TRAINED
from reports.parts import Part

PART_FIELDS = {part: [part.value, *OF_REPORT.get(part, ())] for part in Part}


def figure_field(db_field, **kwargs):
    """The field of a form for a figure: as people write money and numbers."""
    kind = db_field.get_internal_type()
    if kind == "DecimalField":
        return MoneyField(label=capfirst(db_field.verbose_name))
    if kind == "PositiveIntegerField":
        return CountField(label=capfirst(db_field.verbose_name))
    return db_field.formfield(**kwargs)


class PartForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def _post_clean(self):
        # The stored row stays as it is until the service writes it.
        pass


def part_form(part: str) -> type[PartForm]:
    """The form of one part."""
    return forms.modelform_factory(
        AnnualReport, PartForm, fields=PART_FIELDS[Part(part)], formfield_callback=figure_field
    )


class ProjectForm(forms.ModelForm):
    budget = MoneyField(label=_("Budget"))
    spent = MoneyField(label=_("Spent this year"))

    class Meta:
        model = ReportProject
        fields = [
            "title", "task", "unit", "partners", "budget", "spent", "stage", "planned_percent",
            "done_percent", "result",
        ]  # fmt: skip
        widgets = {"result": TextArea(3), "partners": forms.CheckboxSelectMultiple}


def _units(names: tuple[str, ...]):
    return forms.inlineformset_factory(
        AnnualReport,
        UnitPart,
        fields=names,
        formfield_callback=figure_field,
        extra=0,
        can_delete=False,
    )


ProjectFormSet = forms.inlineformset_factory(
    AnnualReport, ReportProject, form=ProjectForm, extra=0, max_num=100
)
MilestoneFormSet = forms.inlineformset_factory(
    AnnualReport,
    MilestoneProgress,
    fields=["state", "evidence", "reason"],
    widgets={"evidence": TextArea(2), "reason": TextArea(2)},
    extra=0,
    can_delete=False,
)
ExplanationFormSet = forms.inlineformset_factory(
    AnnualReport,
    ChangeExplanation,
    fields=["text"],
    widgets={"text": TextArea(3)},
    extra=0,
    can_delete=False,
)
PlanFormSet = forms.inlineformset_factory(
    AnnualReport,
    PlanMilestone,
    fields=["title", "due_on", "task", "unit"],
    field_classes={"due_on": DayField},
    extra=0,
    max_num=200,
)
FORMSETS = {
    Part.CONSTRUCTION: ExplanationFormSet,
    Part.COOPERATION: ProjectFormSet,
    Part.TEAM: _units(STAFF),
    Part.FUNDS: _units((*SOURCES, *PURPOSES, *INCOME)),
    Part.TASKS: MilestoneFormSet,
    Part.TALENT: _units((*TRAINED, *TALENTS)),
    Part.PLAN: PlanFormSet,
}
# Parts whose rows may be more or fewer.
GROWING = (Part.COOPERATION, Part.PLAN)


class JudgementForm(forms.Form):
    """The version of the report that the officer has before its eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReportSignForm(SignForm):
    """The statement of truth under a report."""

    truth = forms.BooleanField(
        label=_("I confirm for the lead unit that this report is true and complete (clause 5.3)."),
        error_messages={"required": _("Confirm first that the report is true and complete.")},
    )


class ReportPaperForm(FileForm):
    """A PDF that proves what a part of the report says."""
