"""A filled template, read row by row. Formulas and faults of cells are told, never calculated."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from filings.exchange import container
from filings.exchange.cells import as_text, folded
from filings.exchange.sheets import Column, Sheet

HINT = "※"  # begins the row under the headers that explains them
MOST_COLUMNS = 60
MOST_TEXT = 1_000_000  # characters of a whole upload
HEADER_WITHIN = 10  # rows from the top
LAST_ROW = 1_048_576  # of a sheet, by the format
_FAULTS = {
    "f": _("A formula has no value here: copy the cell and paste it as a value."),
    "e": _("The cell shows an error of the spreadsheet: write the value itself."),
}


@dataclass(slots=True)
class Row:
    """A row by its number in the sheet: texts by column name, and cells that can't be read."""

    number: int
    cells: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


class _Reader:
    """Reads the sheets of one workbook, with one limit to all their texts together."""

    def __init__(self, book):
        self.book = book
        self.left = MOST_TEXT

    def rows(self, sheet: Sheet) -> list[Row] | None:
        """The filled rows below the headers of a sheet; None where no page has such headers."""
        by_header = {header: column for column in sheet.columns for header in column.headers}
        for page in self.book.worksheets:
            page.reset_dimensions()  # what the file claims of its size may be anything
            lines = enumerate(page.iter_rows(max_col=MOST_COLUMNS), start=1)
            for _number, line in islice(lines, HEADER_WITHIN):
                columns = _columns(line, by_header)
                if {column.name for column in columns.values()} >= set(sheet.known_by):
                    return list(self._filled(lines, columns, sheet))
        return None

    def _filled(self, lines, columns: dict[int, Column], sheet: Sheet) -> Iterator[Row]:
        read = 0
        for number, line in lines:
            if number > LAST_ROW:
                raise ValidationError(container.TOO_MUCH)
            row = self._row(number, line, columns)
            if not any(row.cells.values()) or row.get(columns[min(columns)].name).startswith(HINT):
                continue
            read += 1
            if read > sheet.most_rows:
                raise ValidationError(
                    _("“%(sheet)s” has more than %(most)s rows.")
                    % {"sheet": sheet.title, "most": sheet.most_rows}
                )
            yield row

    def _row(self, number: int, line, columns: dict[int, Column]) -> Row:
        row = Row(number, {})
        for place, column in columns.items():
            cell = line[place] if place < len(line) else EMPTY_CELL
            row.cells[column.name] = text = as_text(cell.value)
            self.left -= len(text)
            if cell.data_type in _FAULTS:
                row.faults[column.name] = str(_FAULTS[cell.data_type])
        if self.left < 0:
            raise ValidationError(_("The texts of the workbook are too long altogether."))
        return row


def _columns(line, by_header: dict[str, Column]) -> dict[int, Column]:
    """The columns whose headers stand in a line, by their place."""
    found: dict[int, Column] = {}
    for place, cell in enumerate(line):
        column = by_header.get(folded(as_text(cell.value)))
        if column and column not in found.values():
            found[place] = column
    return found


def read(upload: UploadedFile, sheets: tuple[Sheet, ...]) -> dict[str, list[Row]]:
    """The rows of each sheet by its name; the first must be there, the others may be missing.

    Raises ValidationError for a file that is no such workbook, or that holds too much.
    """
    container.check(upload)
    try:
        with warnings.catch_warnings(action="ignore"):
            found = _read(upload, sheets)
    except ValidationError:
        raise
    except Exception as error:
        # The library names no errors of its own: whatever a made-up file sets off ends here.
        raise ValidationError(container.DAMAGED) from error
    first = sheets[0]
    if first.name not in found:
        names = [str(first.column(name).label) for name in first.known_by]
        raise ValidationError(
            _("No sheet has the columns that are needed (%(names)s): please fill in the template.")
            % {"names": ", ".join(names)}
        )
    if not any(found.values()):
        raise ValidationError(_("The workbook has no rows below the headers."))
    return found


def _read(upload, sheets) -> dict[str, list[Row]]:
    book = load_workbook(upload, read_only=True, keep_links=False)
    try:
        reader = _Reader(book)
        return {sheet.name: rows for sheet in sheets if (rows := reader.rows(sheet)) is not None}
    finally:
        book.close()
