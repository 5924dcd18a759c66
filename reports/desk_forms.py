"""What the bureau's steps on a report ask for before they act."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.forms.steps import RemarkForm
from filings.models import Policy


class AcceptForm(RemarkForm):
    """Asks for a grade where the policy in force has any."""

    grade = forms.ChoiceField(label=_("Grade"), widget=forms.RadioSelect)
    field_order = ["expected_version", "grade", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        grades = list(Policy.objects.in_force().report_grades.values_list("code", "name"))
        if grades:
            self.fields["grade"].choices = grades
        else:
            del self.fields["grade"]
