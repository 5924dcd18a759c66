"""Forms of a change during operation, step by step (clause 5.3); none of them saves by itself."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from filings.change_content import FIELDS, OF_A_PRESENT_MEMBER, parties
from filings.forms.documents import FileForm, PdfField
from filings.forms.fields import DayField
from filings.forms.kept import KeptForm
from filings.forms.pasted import PastedText
from filings.forms.rows import MemberForm, PartForm
from filings.forms.sections import FocusForm, SectionForm
from filings.models import Change, ChangeKind, Consortium


class BeginForm(PastedText, forms.Form):
    """Which kind of change, and of which member."""

    kind = forms.ChoiceField(
        label=_("Kind of change"), choices=ChangeKind.choices, widget=forms.RadioSelect
    )
    member = forms.TypedChoiceField(
        label=_("Which member"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("For a member that leaves or whose part changes."),
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        names = [(member.pk, member.name) for member in members]
        self.fields["member"].choices = [("", _("No member that is there already")), *names]

    def clean(self):
        cleaned = super().clean()
        of_a_member = cleaned.get("kind") in OF_A_PRESENT_MEMBER
        member = self.members.get(cleaned.get("member"))
        if of_a_member and member is None and "member" not in self.errors:
            self.add_error("member", _("Choose the member that leaves or whose part changes."))
        return cleaned | {"member": member if of_a_member else None}


class WordsForm(KeptForm):
    effective_on = DayField(
        label=_("Effective on"),
        required=False,
        help_text=_("As the agreement has it; a member that leaves is none from that day on."),
    )

    class Meta:
        model = Change
        fields = ["description", "reason", "effective_on"]


class SignaturesForm(KeptForm):
    """Date and signatories of the supplementary agreement."""

    agreement_signed_on = DayField(label=_("Agreement signed on"), required=False)
    signed_members = forms.TypedMultipleChoiceField(
        label=_("Signed by the members"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Change
        fields = ["agreement_signed_on", "lead_signed", "signed_members"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(member.pk, member.name) for member in parties(self.instance)]
        self.fields["signed_members"].choices = names

    def clean_signed_members(self):
        return sorted(self.cleaned_data["signed_members"])


class PlanForm(SectionForm):
    goal_kinds = FocusForm.base_fields["goal_kinds"]

    class Meta:
        model = Consortium
        fields = FIELDS[ChangeKind.STRATEGIC_PLAN]


class OrganisationForm(SectionForm):
    class Meta:
        model = Consortium
        fields = FIELDS[ChangeKind.ORGANISATION]


class MechanismForm(SectionForm):
    class Meta:
        model = Consortium
        fields = FIELDS[ChangeKind.MECHANISM]


class JoinerForm(MemberForm):
    """A member that joins, as a filing enters its members, with the tasks it takes part in."""

    tasks = forms.ModelMultipleChoiceField(
        label=_("Key tasks it takes part in"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tasks"].queryset = self.instance.consortium.tasks.all()
        if self.instance.pk:
            self.fields["tasks"].initial = self.instance.tasks.all()


CONTENT_FORMS: dict[str, type[KeptForm]] = {
    ChangeKind.JOIN: JoinerForm,
    ChangeKind.PART: PartForm,
    ChangeKind.STRATEGIC_PLAN: PlanForm,
    ChangeKind.ORGANISATION: OrganisationForm,
    ChangeKind.MECHANISM: MechanismForm,
}


class AgreementFileForm(FileForm):
    upload = PdfField(
        label=_("Supplementary agreement"), help_text=_("Signed by all units concerned.")
    )


class RenamingForm(PastedText, forms.Form):
    """A unit's new name, with the registry's document of it."""

    new_name = forms.CharField(
        label=_("New name of the unit"),
        max_length=300,
        help_text=_("In full, as on the new licence."),
    )
    renamed_on = DayField(
        label=_("Renamed on"),
        help_text=_("The day that the registry's document of renaming gives."),
    )
    upload = PdfField(
        label=_("Document of renaming"),
        help_text=_("The registry's notice of the changed registration, as a PDF."),
    )

    use_required_attribute = False

    def clean_upload(self):
        if not self.cleaned_data["upload"]:
            raise ValidationError(_("Choose the file first."))
        return self.cleaned_data["upload"]
