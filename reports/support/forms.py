"""One form per kind of support; incomplete is fine, the findings say what is missing."""

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from filings.forms.documents import FileForm
from filings.forms.fields import CountField, MoneyField, TextArea
from filings.forms.kept import KeptForm
from reports.models import SupportRequest
from reports.support.kinds import CONTACT, MEASURES, Kind

HELP = {
    "problem": _("The problem of the industry, and where its bottleneck lies."),
    "targets": _("What will be reached, in figures that can be checked."),
    "programme": _("As its notice or guide calls it."),
    "own_funds": _("What the units put in themselves."),
    "person_name": _("Seen by your unit and the bureau alone. No number of an identity card."),
    "institution": _("If you have one in mind."),
}
# Word by word what the unit agrees to; `kinds.SHARED` is the same list for the export.
CONSENT = _("Our unit agrees that the bureau passes this need on to financial institutions.")
CONSENT_HELP = _(
    "They get: name of the need, consortium and unit, kind of money, amount, period, purpose, "
    "institution wanted, contact person and telephone; no attachments. You may take the consent "
    "back at any time; it then holds for the future."
)
_label = lazy(lambda kind, name: capfirst(MEASURES[kind].label(name)), str)


class RequestForm(KeptForm):
    """The fields of a request of one kind; it never saves."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "members" in self.fields:
            asking = self.instance.unit_id
            current = self.instance.consortium.members.present_on(timezone.localdate())
            self.fields["members"].queryset = current.exclude(unit=asking)
        for name, field in self.fields.items():
            # What is needed is needed to submit: the findings ask for it, not the form.
            field.required = False
            field.asked = name not in self.instance.measure.optional

    def clean_members(self):
        return sorted(member.pk for member in self.cleaned_data["members"])


def _formfield(db_field, **kwargs):
    match db_field.get_internal_type():
        case "DecimalField":
            return MoneyField(label=db_field.verbose_name)
        case "PositiveSmallIntegerField":
            return CountField(label=db_field.verbose_name, min_value=1, max_value=120)
        case "TextField":
            return db_field.formfield(widget=TextArea(6))
        case "ManyToManyField":
            return db_field.formfield(widget=forms.CheckboxSelectMultiple)
    return db_field.formfield(**kwargs)


def request_form(kind: str) -> type[RequestForm]:
    """The form of one kind."""
    names = (*MEASURES[kind].fields, *CONTACT)
    form = forms.modelform_factory(
        SupportRequest, RequestForm, fields=names, formfield_callback=_formfield
    )
    for name, field in form.base_fields.items():
        field.label = CONSENT if name == "consent" else _label(kind, name)
        field.help_text = CONSENT_HELP if name == "consent" else HELP.get(name, "")
    return form


class BeginForm(forms.Form):
    """Which unit asks for what."""

    unit = forms.ModelChoiceField(label=_("For which unit"), queryset=None)
    kind = forms.ChoiceField(label=_("Measure"), choices=Kind.choices)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class PaperForm(FileForm):
    """A PDF that backs the request."""
