"""One form per section of the filing. Incomplete is fine: what is missing is for the findings."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.forms.fields import CountField, DayField, MoneyField
from filings.forms.kept import KeptForm
from filings.models import Consortium, FocusField, GoalKind
from filings.sections import Section


class SectionForm(KeptForm):
    """Fields of the filing itself."""


class LeadForm(SectionForm):
    lead_revenue = MoneyField(label=_("Sales revenue of last year"))
    lead_rd_spend = MoneyField(label=_("R&D spend of last year"))

    class Meta:
        model = Consortium
        fields = [
            "name", "lead_kind", "lead_revenue", "lead_rd_spend", "platform_kind",
            "platform_level", "standing", "open_sharing",
        ]  # fmt: skip


class FocusForm(SectionForm):
    goal_kinds = forms.MultipleChoiceField(
        label=_("Kinds of goal"),
        choices=GoalKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Consortium
        fields = ["focus_field", "goal_kinds", "bottleneck", "goals", "nanjing_strength"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["focus_field"].queryset = FocusField.objects.current_on(timezone.localdate())


class GovernanceForm(SectionForm):
    class Meta:
        model = Consortium
        fields = [
            "council_kind", "council_chair", "chair_is_lead_head", "mechanism",
            "mechanism_innovation", "chief_expert", "chief_expert_post", "advisory_committee",
        ]  # fmt: skip


class SharingForm(SectionForm):
    class Meta:
        model = Consortium
        fields = ["results_sharing", "income_sharing"]


class AgreementForm(SectionForm):
    """Date and signatories of the agreement: the lead, and each member by its own box."""

    extra_kept = ("signed_members",)
    signed_members = forms.TypedMultipleChoiceField(
        label=_("Signed by the members"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    agreement_signed_on = DayField(label=_("Agreement signed on"), required=False)
    term_months = CountField(
        label=_("Term in months"),
        required=True,
        min_value=1,
        max_value=120,
        help_text=_("36 in principle (clause 1)."),
    )

    class Meta:
        model = Consortium
        fields = ["agreement_signed_on", "lead_signed", "term_months"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = list(self.instance.members.all())
        self.fields["signed_members"].choices = [(m.pk, m.name) for m in members]
        self.fields["signed_members"].initial = [m.pk for m in members if m.signed]

    def clean_signed_members(self):
        return sorted(self.cleaned_data["signed_members"])


SECTION_FORMS: dict[str, type[SectionForm]] = {
    Section.LEAD: LeadForm,
    Section.FOCUS: FocusForm,
    Section.GOVERNANCE: GovernanceForm,
    Section.SHARING: SharingForm,
    Section.AGREEMENT: AgreementForm,
}
