"""The places of a report that a comment can be about: its parts, and the fields of their forms."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from filings.forms.remarks import RemarkAtForm
from reports.forms import FORMSETS, part_form
from reports.models import ReportComment
from reports.parts import Part


def fields_of(part: str) -> list[tuple[str, str]]:
    """The fields of a part and of its rows, with their names."""
    forms = [part_form(part)] + ([FORMSETS[part].form] if part in FORMSETS else [])
    return [
        (name, capfirst(str(field.label)))
        for form in forms
        for name, field in form.base_fields.items()
        if name != "version"
    ]


def about(comment: ReportComment) -> str:
    """The field that it is about, by its name."""
    return dict(fields_of(comment.part)).get(comment.field, "") if comment.field else ""


class ReportCommentForm(RemarkAtForm):
    """One thing to be mended, in a part of the report or at one of its fields."""

    sections = Part
    column = "part"
    whole = _("%(section)s: the whole part")

    @staticmethod
    def fields_of(section: str) -> list[tuple[str, str]]:
        return fields_of(section)
