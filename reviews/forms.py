"""What the bureau's buttons ask for before they act."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from filings.forms.remarks import RemarkAtForm
from filings.forms.steps import MoveForm, StepForm
from filings.models import ClosingReason, CreditCase
from filings.sections import Section
from reviews.dossier import fields_of
from reviews.moves import upheld_cases
from reviews.sharing import everybody, holder_of, shares, stage_of


class TerminateForm(MoveForm):
    closing_reason = forms.ChoiceField(label=_("Why it ends early"), choices=ClosingReason.choices)
    field_order = ["expected_version", "closing_reason", "reason"]


class RevokeForm(MoveForm):
    credit_case = forms.ModelChoiceField(
        label=_("Credit case that was upheld"), queryset=CreditCase.objects.none()
    )
    field_order = ["expected_version", "credit_case", "reason"]

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        cases = upheld_cases(subject).select_related("unit")
        self.fields["credit_case"].queryset = cases
        self.fields["credit_case"].initial = cases.first()


class OfficerField(forms.ModelChoiceField):
    """Officers, each with how much is on its desk."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Officer"), queryset=None, **kwargs)

    def label_from_instance(self, officer):
        words = {"who": officer, "count": officer.load}
        return (
            ngettext(
                "%(who)s (%(count)s open filing)", "%(who)s (%(count)s open filings)", officer.load
            )
            % words
        )


class AssignForm(StepForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    officer = OfficerField()

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        holder, officer = holder_of(subject), self.fields["officer"]
        self.fields["seen"].initial = holder.officer_id if holder else 0
        if stage_of(subject) is None:
            officer.queryset = get_user_model().objects.none()
            return
        officer.queryset = shares(subject)
        if holder is not None:
            officer.queryset = officer.queryset.exclude(pk=holder.officer_id)
        officer.initial = officer.queryset.first()


class AssignManyForm(forms.Form):
    officer = OfficerField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = everybody()


class CommentForm(RemarkAtForm):
    """One thing to be mended, in a section of the filing or at one of its fields."""

    sections = Section

    @staticmethod
    def fields_of(section: str) -> list[tuple[str, str]]:
        return fields_of(section)
