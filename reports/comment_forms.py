"""What an officer fills in to comment on a report."""

from django.db.models import prefetch_related_objects
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from filings.forms.remarks import RemarkAtForm
from reports.models import AnnualReport
from reports.parts import ONE, ROWS_OF, Part
from reports.places import fields_of, place_of
from reports.rows import ROWS


class ReportCommentForm(RemarkAtForm):
    """One thing to be mended: in a part of the report, at one of its fields, or in a row."""

    sections = Part
    column = "part"
    whole = _("%(section)s: the whole part")

    def __init__(self, *args, report: AnnualReport, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = report

    def places(self):
        prefetch_related_objects([self.report], *ROWS)
        return super().places()

    def groups_of(self, section):
        """Those of the part and, each kind by itself, of its rows; what the lead unit is typing is
        not the bureau's to see."""
        groups = super().groups_of(section)
        for kind in () if self.report.is_editable else ROWS_OF[section]:
            rows = [
                (f"{section}.{place_of(row)}", ONE[kind] % {"row": Truncator(row).chars(80)})
                for row in getattr(self.report, kind).all()
            ]
            groups += [(f"{section.label} · {kind.label}", rows)] if rows else []
        return groups

    @staticmethod
    def fields_of(section: str) -> list[tuple[str, str]]:
        return fields_of(section)
