"""What the steps of the workbench ask for before they act (`filings.admin_steps`)."""

from django import forms
from django.utils.translation import gettext_lazy as _


def long_text(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "cols": 60})


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class StepForm(forms.Form):
    """Asks for nothing but the button."""

    def __init__(self, *args, subject, **kwargs):
        self.subject = subject
        super().__init__(*args, **kwargs)


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=long_text())


class VersionForm(StepForm):
    """A move, with the version that the officer has before its eyes."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["expected_version"].initial = subject.version


class MoveForm(VersionForm):
    """A move that says why."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It goes into the history and to the lead unit."),
        max_length=2000,
        widget=long_text(),
    )


class RemarkForm(MoveForm):
    """A move whose reason is nobody's duty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].label = _("Remark")
