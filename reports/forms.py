"""One form per part of the report; incomplete is fine, the checks say what is missing."""

from django import forms

from filings.forms.fields import CountField, MoneyField, TextArea
from reports.models import AnnualReport, ChangeExplanation, MilestoneProgress, ReportProject
from reports.parts import Part

PART_FIELDS = {
    Part.CONSTRUCTION: ["construction"],
    Part.COOPERATION: ["cooperation"],
    Part.TEAM: ["team", "team_size", "rd_staff"],
    Part.FUNDS: [
        "funds", "funds_own", "funds_public", "funds_finance", "funds_used", "income",
        "income_shared",
    ],
    Part.TASKS: ["tasks", "patents", "standards", "papers", "products"],
    Part.TALENT: ["talent", "doctors", "masters", "engineers"],
    Part.PLAN: ["plan"],
}  # fmt: skip


def _formfield(db_field, **kwargs):
    kind = db_field.get_internal_type()
    if kind == "DecimalField":
        return MoneyField(label=db_field.verbose_name)
    if kind == "PositiveIntegerField":
        return CountField(label=db_field.verbose_name)
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
        AnnualReport, PartForm, fields=PART_FIELDS[Part(part)], formfield_callback=_formfield
    )


ProjectFormSet = forms.inlineformset_factory(
    AnnualReport,
    ReportProject,
    fields=["title", "units", "budget", "stage", "progress"],
    field_classes={"budget": MoneyField},
    widgets={"progress": TextArea(3)},
    extra=1,
    max_num=100,
)
MilestoneFormSet = forms.inlineformset_factory(
    AnnualReport,
    MilestoneProgress,
    fields=["state", "note"],
    widgets={"note": TextArea(2)},
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
FORMSETS = {
    Part.COOPERATION: ProjectFormSet,
    Part.TASKS: MilestoneFormSet,
    Part.CONSTRUCTION: ExplanationFormSet,
}


class ReturnForm(forms.Form):
    """What is to be mended, part by part."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in Part:
            self.fields[part.value] = forms.CharField(
                label=part.label, required=False, max_length=2000, widget=TextArea(2)
            )
