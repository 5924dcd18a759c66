"""Forms of a report as a whole, and how its figures are typed."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from filings.forms.documents import FileForm
from filings.forms.fields import CountField, MoneyField
from filings.forms.sign import SignForm


def figure_field(db_field, **kwargs):
    """The field of a form for a figure: as people write money and numbers."""
    kind = db_field.get_internal_type()
    if kind == "DecimalField":
        return MoneyField(label=capfirst(db_field.verbose_name))
    if kind == "PositiveIntegerField":
        return CountField(label=capfirst(db_field.verbose_name))
    return db_field.formfield(**kwargs)


class ReportSignForm(SignForm):
    """The statement of truth under a report."""

    truth = forms.BooleanField(
        label=_("I confirm for the lead unit that this report is true and complete (clause 5.3)."),
        error_messages={"required": _("Confirm first that the report is true and complete.")},
    )


class ReportPaperForm(FileForm):
    """A PDF that proves what a part of the report says."""
