"""The yearly statistics as the bureau's papers: a PDF in official layout, a workbook for Excel.
Both are made of the same panels, in Chinese, and nothing is counted here."""

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from filings.exchange.cells import fit
from filings.pdf import render
from reports.models import StatisticsReport
from reports.statistics.charts import width_of
from reports.statistics.panels import Panel, consortia, procedure, reported, supported

_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
# What the format does not allow in the name of a sheet.
_NO_TITLE = re.compile(r"[\[\]:*?/\\']")
_FORMATS = {int: "#,##0", float: "#,##0.00"}


@dataclass(frozen=True, slots=True)
class Chapter:
    numeral: str
    title: str
    panels: list[Panel]


def chapters(report: StatisticsReport) -> list[Chapter]:
    """The paper's parts, in the reader's language."""
    found = report.figures
    first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
    on = _("Consortia that ran on %(day)s.") % {"day": date_format(last)}
    ran = found["running"]
    return [
        Chapter(
            "一、",
            _("Filing and decisions"),
            [
                procedure.moves(found["moves"], found["ended"]),
                procedure.times(found["times"], first, last),
            ],
        ),
        Chapter(
            "二、",
            _("Running consortia"),
            [
                consortia.by_field(ran["field"], says=on),
                consortia.by_district(ran["district"], says=on),
                consortia.by_lead_kind(ran["lead_kind"], says=on),
                consortia.ends(found["ends"], says=on),
            ],
        ),
        Chapter(
            "三、",
            _("Yearly reports, R&D spend and results"),
            [
                reported.punctuality(found["punctuality"]),
                *reported.graded(found),
                reported.by_field(found["sums"]),
            ],
        ),
        Chapter(
            "四、",
            _("Support measures"),
            [supported.by_measure(found["support"]), supported.provincial(found["provincial"])],
        ),
        Chapter(
            "五、",
            _("Cooperation"),
            [consortia.network(found["network"]), consortia.units(found["network"])],
        ),
    ]


def pdf(report: StatisticsReport) -> bytes:
    with translation.override("zh-hans"):
        context = {
            "report": report,
            "found": report.figures,
            "first": date.fromisoformat(report.figures["first"]),
            "last": date.fromisoformat(report.figures["last"]),
            "chapters": chapters(report),
        }
        return render("sheets/statistics.html", context)


def workbook(report: StatisticsReport) -> bytes:
    """One sheet for each table; numbers are numbers, money has two decimals."""
    book = Workbook()
    book.remove(book.active)
    with translation.override("zh-hans"):
        moment = timezone.localtime(report.taken_at).strftime("%Y-%m-%d %H:%M")
        as_of = _("Figures as of %(moment)s") % {"moment": moment}
        for chapter in chapters(report):
            for panel in chapter.panels:
                _fill(book.create_sheet(_NO_TITLE.sub(" ", panel.title)[:31]), panel, as_of)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet, panel: Panel, as_of: str) -> None:
    sheet.append([panel.title])
    sheet.append([f"{panel.says} {as_of}"])
    sheet.append([panel.first_column, *panel.columns])
    for row in panel.rows:
        label = f"{row.number} {row.label}" if row.number else row.label
        sheet.append([fit(label), *(_cell(figure.value) for figure in row.figures)])
    if not panel.rows:
        sheet.append([_("Nothing to count yet.")])
    if panel.sums:
        sheet.append([_("Total"), *(_cell(figure.value) for figure in panel.sums)])
    for cell in (*sheet[1], *sheet[3]):
        cell.font = _BOLD
    for cell in sheet[3]:
        cell.alignment = _WRAPPED
    for line in sheet.iter_rows(min_row=4, min_col=2):
        for cell in line:
            cell.number_format = _FORMATS.get(type(cell.value), "General")
    sheet.freeze_panes = "B4"
    widest = max((width_of(row.label) for row in panel.rows), default=10)
    sheet.column_dimensions["A"].width = min(70, 2 * widest + 6)
    for number in range(len(panel.columns)):
        sheet.column_dimensions[get_column_letter(number + 2)].width = 18


def _cell(value):
    """Excel's numbers are floats whatever one gives it; money of this size keeps its cents."""
    return value if value is None or isinstance(value, int) else float(value)
