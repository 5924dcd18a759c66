"""Forms of a filing's rows: members, tasks with milestones, answers, objections."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import UsccField
from accounts.models import Unit
from filings.forms.fields import CountField, MoneyField, TextArea
from filings.forms.kept import KeptForm, ListedRows, ListForm
from filings.forms.pasted import PastedText
from filings.models import (
    ChainRole,
    KeyTask,
    Member,
    Milestone,
    Objection,
)


class PartForm(KeptForm):
    """A member's part in the consortium: its place in the chain and its piece of the work."""

    chain_roles = forms.MultipleChoiceField(
        label=_("Role in the chain"),
        choices=ChainRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rd_staff = CountField(label=_("R&D staff"))

    class Meta:
        model = Member
        fields = [
            "chain_roles", "position_in_chain", "division_of_work", "capability", "rd_staff",
            "team", "facilities",
        ]  # fmt: skip
        help_texts = {
            "capability": _("Asked of enterprises (clause 3.5)."),
            "team": _("Asked of universities and institutes: head, size, ranks (clause 3.5)."),
            "facilities": _("Asked of universities and institutes (clause 3.5)."),
        }


class MemberForm(PartForm):
    """A member is named by its code; the unit behind it is found or made."""

    extra_kept = ("uscc",)
    uscc = UsccField()

    field_order = ["uscc", "name", "kind", "place"]

    class Meta(PartForm.Meta):
        fields = [
            "name", "kind", "place", *PartForm.Meta.fields,
            "contact_name", "contact_phone", "contact_email",
        ]  # fmt: skip
        help_texts = PartForm.Meta.help_texts | {
            "contact_email": _("The request to confirm goes here."),
        }

    def clean_uscc(self):
        code = self.cleaned_data["uscc"]
        consortium = self.instance.consortium
        if code == consortium.lead_unit.uscc:
            raise ValidationError(_("The lead unit can't be a member of its own consortium."))
        # A unit that left may join again, by a change.
        others = consortium.members.filter(left_on__isnull=True).exclude(pk=self.instance.pk)
        if others.filter(unit__uscc=code).exists():
            raise ValidationError(_("This unit is already a member of the consortium."))
        return code

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["uscc"] = Unit.objects.get_or_create(
                uscc=cleaned["uscc"],
                defaults={k: cleaned[k] for k in ("name", "kind", "place")},
            )[0]
        else:
            cleaned.pop("uscc", None)
        return cleaned


class MilestoneForm(PastedText, forms.ModelForm):
    month = CountField(label=_("Month of the term"), required=True)

    class Meta:
        model = Milestone
        fields = Milestone.KEPT


class MilestoneRows(ListedRows):
    by = "month"


class TaskForm(ListForm):
    """A key task together with the rows of its milestones."""

    listed = "milestones"
    rows_class = forms.formset_factory(
        MilestoneForm, formset=MilestoneRows, extra=3, max_num=60, validate_max=True
    )
    incomplete = _("Please mend the milestones: month and title go together.")

    budget = MoneyField(label=_("Budget"))
    own_funds = MoneyField(label=_("Of which own funds"))

    class Meta:
        model = KeyTask
        fields = ["title", "goal", "budget", "own_funds", "led_by_lead", "members"]
        widgets = {"members": forms.CheckboxSelectMultiple}

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["members"].queryset = self.instance.consortium.members.all()

    def clean_members(self):
        return sorted(member.pk for member in self.cleaned_data["members"])


class JustificationForm(PastedText, forms.Form):
    rule = forms.CharField(widget=forms.HiddenInput, max_length=60)
    text = forms.CharField(label=_("Justification"), max_length=2000, widget=TextArea(3))


class AnswerForm(PastedText, forms.Form):
    """An answer to one comment; its box may stand inside another form of the page."""

    text = forms.CharField(label=_("Your answer"), max_length=2000, widget=TextArea(2))

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, prefix=f"c{comment.pk}", **kwargs)
        self.comment = comment
        self.fields["text"].widget.attrs["form"] = f"answer-{comment.pk}"


class DisputeForm(PastedText, forms.Form):
    reason = forms.CharField(label=_("What is wrong"), max_length=2000, widget=TextArea(4))


class ObjectionForm(PastedText, forms.ModelForm):
    # People never see this field; programs fill it in.
    website = forms.CharField(required=False, label=_("Leave this empty"))
    upload = forms.FileField(
        label=_("Evidence (PDF file)"),
        help_text=_("If you have any; only the bureau sees it."),
        required=False,
    )

    class Meta:
        model = Objection
        fields = ["objector", "contact", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].widget.attrs["accept"] = "application/pdf"
