"""The workbook that is handed out: headers, hints, lists to choose from, what is there already."""

import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from filings import kept
from filings.exchange.cells import fit
from filings.exchange.sheets import MILESTONES, SHEETS, Column, Sheet
from filings.exchange.workbook import HINT
from filings.models import Consortium, KeyTask, Member
from filings.sections import Section

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="0B5A63")}
_HINT_FONT = Font(italic=True, color="595959")
_WRAP = Alignment(wrap_text=True, vertical="top")
_ROWS_WITH_LISTS = 1000
_FORMULA_LIKE = ("=", "+", "-", "@")


def write(consortium: Consortium, section: str) -> bytes:
    """The template of a section, in the language of the reader, filled with the filing's rows."""
    book = Workbook()
    book.remove(book.active)
    lists = book.create_sheet(_("Lists"))
    lists.sheet_state = "hidden"
    rows = _rows(consortium, section)
    for place, sheet in enumerate(SHEETS[section]):
        _write_sheet(book, lists, place, sheet, rows[sheet.name])
    book.active = 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(consortium: Consortium, section: str) -> dict[str, list[dict[str, Any]]]:
    if section == Section.MEMBERS:
        members = consortium.members.select_related("unit")
        return {section: [kept.stored(m, _names(section)) for m in members]}
    tasks = list(consortium.tasks.prefetch_related("members__unit", "milestones"))
    return {
        section: [_task(task) for task in tasks],
        MILESTONES.name: [
            {"task": task.title, "month": m.month, "title": m.title}
            for task in tasks
            for m in task.milestones.all()
        ],
    }


def _names(section: str) -> list[str]:
    return [column.name for column in SHEETS[section][0].columns]


def _task(task: KeyTask) -> dict[str, Any]:
    plain = [name for name in _names(Section.TASKS) if name != "members"]
    return kept.stored(task, plain) | {"members": "\n".join(map(line_of, task.members.all()))}


def line_of(member: Member) -> str:
    """How a member is named in a cell: by its code, and its name for the reader."""
    return f"{member.uscc} {member.name}"


def _write_sheet(book, lists, place: int, sheet: Sheet, rows: list[dict]) -> None:
    page = book.create_sheet(str(sheet.title)[:31], index=place)
    page.freeze_panes = "B3"
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = 40 if _is_long(column) else 22
        page.column_dimensions[letter].number_format = column.number
        head = page.cell(1, number, f"{column.label} *" if column.required else str(column.label))
        head.font, head.fill, head.alignment = _HEAD["font"], _HEAD["fill"], _WRAP
        hint = page.cell(2, number, f"{HINT} {column.hint}" if number == 1 else str(column.hint))
        hint.font, hint.alignment = _HINT_FONT, _WRAP
        if column.choices:
            _offer(page, lists, letter, column)
    for number, row in enumerate(rows, start=3):
        for place_of, column in enumerate(sheet.columns, start=1):
            _put(page.cell(number, place_of), column, row[column.name])


def _is_long(column: Column) -> bool:
    return column.name in (
        "division_of_work", "capability", "team", "facilities", "goal", "members", "task", "title",
    )  # fmt: skip


def _offer(page, lists, letter: str, column: Column) -> None:
    """A list to choose from; where several may stand, other text is let through."""
    place = lists.max_column + 1 if lists["A1"].value else 1
    for number, (_code, words) in enumerate(column.choices, start=1):
        lists.cell(number, place, str(words))
    where = get_column_letter(place)
    rule = DataValidation(
        type="list",
        formula1=f"={_quoted(lists.title)}!${where}$1:${where}${len(column.choices)}",
        allow_blank=True,
        showErrorMessage=not column.several,
        error=str(column.hint),
        showInputMessage=True,
        prompt=str(column.hint),
    )
    page.add_data_validation(rule)
    rule.add(f"{letter}3:{letter}{_ROWS_WITH_LISTS}")


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _put(cell, column: Column, value: Any) -> None:
    cell.alignment = _WRAP
    cell.number_format = column.number
    if value is None:
        return
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        cell.value = value
        return
    text = fit(_words(column, value))
    cell.value = text
    cell.data_type = "s"  # whatever a text begins with, it is no formula
    cell.quotePrefix = text.startswith(_FORMULA_LIKE)


def _words(column: Column, value: Any) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if not column.choices:
        return str(value)
    known = {str(code): str(words) for code, words in column.choices}
    codes: Iterable = value if isinstance(value, list) else [value]
    return _(", ").join(known.get(code, code) for code in codes)
