"""What the bureau's steps on a request for support ask for before they act."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.forms.fields import CountField, MoneyField
from filings.forms.steps import StepForm, long_text
from reports.support.states import Action, Status

_MOST_YEARS_AHEAD = 5


class MoveForm(StepForm):
    """A move, with the version that the officer has before its eyes."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Remark"), max_length=2000, widget=long_text(), required=False)
    # What the text is for where it may not be missing.
    text: dict[str, Any] = {}

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["expected_version"].initial = subject.version
        for name, value in self.text.items():
            setattr(self.fields["reason"], name, value)


def _needing(label, help_text) -> type[MoveForm]:
    text = {"required": True, "label": label, "help_text": help_text}
    return type("TextForm", (MoveForm,), {"text": text})


_TO_UNIT = _("It goes to the unit and stays in the history.")
MOVE_FORMS = {
    Action.RETURN: _needing(_("What is missing"), _("All of it at once: it goes to the unit.")),
    Action.ASSESS: _needing(
        _("Opinion"), _("For the deciding officer: what speaks for and against it.")
    ),
    Action.RECOMMEND: MoveForm,
    Action.FORWARD: _needing(_("To whom"), _TO_UNIT),
    Action.DECLINE: _needing(_("Reason"), _TO_UNIT),
}


class ResultForm(MoveForm):
    """What came of a request that the bureau supported."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[
            (Action.GRANT, Status.GRANTED.label),
            (Action.FAIL, Status.NOT_GRANTED.label),
        ],
        widget=forms.RadioSelect,
    )
    result_number = forms.CharField(label=_("Project number"), max_length=60, required=False)
    result_amount = MoneyField(label=_("Amount granted"))
    result_institution = forms.CharField(label=_("Institution"), max_length=200, required=False)
    result_year = CountField(label=_("Year"), min_value=2000)
    field_order = [
        "outcome", "result_year", "result_number", "result_amount", "result_institution", "reason",
    ]  # fmt: skip

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        this_year = timezone.localdate().year
        for name in RESULT_FIELDS:
            self.fields[name].initial = getattr(subject, name)
        if subject.result_year is None:
            self.fields["result_year"].initial = this_year
        self.fields["result_year"].max_value = this_year + _MOST_YEARS_AHEAD
        self.fields["reason"].help_text = _("Asked for when it was not granted.")
        self.asked = (*subject.measure.result, "result_year")
        for name in self.asked:
            self.fields[name].help_text = _("Asked for when it was granted.")

    def clean(self):
        """Say at the field what the writer would refuse; a new result needs what the kind asks."""
        cleaned = super().clean()
        granted = cleaned.get("outcome") == Action.GRANT
        missing = [n for n in self.asked if granted and n in cleaned and not cleaned[n]]
        if cleaned.get("outcome") == Action.FAIL and not cleaned.get("reason"):
            missing = ["reason"]
        for name in missing:
            self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


RESULT_FIELDS = ("result_number", "result_amount", "result_institution", "result_year")


class ShareForm(forms.Form):
    """To whom financing needs are passed on (clause 4.3)."""

    institution = forms.CharField(
        label=_("Financial institution"),
        help_text=_("Every unit on the list is told its name."),
        max_length=200,
    )
