"""Is an upload an Excel workbook that may be opened at all? Judged by its bytes, bounded, unopened.

A workbook is a ZIP of XML files. Everything that makes opening one costly or dangerous is told from
its directory and one pass over the XML: sizes, numbers, document types and entities, macros.
"""

import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MAX_SIZE = 2 * 1024 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
MAX_FILES = 200
MAX_CELLS = 60_000
MAX_ROWS = 20_000
MAX_DEPTH = 60
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_OLE = b"\xd0\xcf\x11\xe0"
TOO_MUCH = _("There is far too much in this workbook: fill in the template and nothing else.")
DAMAGED = _("The file is damaged and can't be opened: please save it again as .xlsx.")


def check(upload: UploadedFile) -> None:
    """Raise ValidationError, saying what to do, for what is no plain .xlsx of a sensible size."""
    if upload.size > MAX_SIZE:
        raise ValidationError(_("The workbook has more than 2 MB: remove pictures and old sheets."))
    upload.seek(0)
    beginning = upload.read(4)
    upload.seek(0)
    if beginning == _OLE:
        raise ValidationError(
            _("This is an old .xls file or one with a password: save it as .xlsx without one.")
        )
    if beginning != b"PK\x03\x04":
        raise ValidationError(_("This is no Excel workbook: please fill in the template."))
    try:
        with zipfile.ZipFile(upload) as archive:
            _check_directory(archive.infolist())
            for info in archive.infolist():
                if info.filename.lower().endswith((".xml", ".rels")):
                    _check_markup(archive, info)
    except (SAXException, UnicodeError, LookupError, ValueError) as error:
        raise ValidationError(DAMAGED) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise ValidationError(DAMAGED) from error
    except (NotImplementedError, RuntimeError) as error:  # a compression or a password of its own
        raise ValidationError(DAMAGED) from error
    finally:
        upload.seek(0)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ValidationError(TOO_MUCH)
    if not set(names) >= _NEEDED or len(set(names)) < len(names):
        raise ValidationError(_("This is no Excel workbook: please fill in the template."))
    if any("vbaproject" in name.lower() or "/macrosheets/" in name.lower() for name in names):
        raise ValidationError(
            _("The workbook contains macros: save it as .xlsx, which holds none.")
        )


def _check_markup(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with archive.open(info) as file:
        try:
            defusedxml.sax.parse(file, _Counter(), forbid_dtd=True)
        except DefusedXmlException as error:
            raise ValidationError(
                _("The workbook contains definitions that no spreadsheet needs; it is not opened.")
            ) from error


class _Counter(ContentHandler):
    """Counts what a sheet holds and how deep it is nested; ends the pass when it is too much."""

    def __init__(self):
        super().__init__()
        self.cells = self.rows = self.depth = 0

    def startElement(self, name, attrs):  # noqa: N802
        self.depth += 1
        kind = name.rpartition(":")[2]
        self.cells += kind == "c"
        self.rows += kind == "row"
        if self.cells > MAX_CELLS or self.rows > MAX_ROWS or self.depth > MAX_DEPTH:
            raise ValidationError(TOO_MUCH)
        if kind in ("Override", "Default") and "macroenabled" in _type_of(attrs).lower():
            raise ValidationError(
                _("The workbook contains macros: save it as .xlsx, which holds none.")
            )

    def endElement(self, name):  # noqa: N802
        self.depth -= 1


def _type_of(attrs) -> str:
    return attrs.get("ContentType", "")
