"""Workbooks as people, and others, send them."""

import io
import zipfile
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.factories import TEXT


def url(name: str, consortium, *args) -> str:
    return reverse(f"filings:{name}", args=[consortium.pk, *args])


def upload(data: bytes, name: str = "成员.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def handed_out(client, consortium, section: str):
    """The template as the portal gives it, opened."""
    answer = client.get(url("template", consortium, section))
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(client, consortium, section: str, data: bytes | Workbook):
    data = saved(data) if isinstance(data, Workbook) else data
    return client.post(url("import", consortium, section), {"file": upload(data)})


def confirm(client, consortium, section: str, sealed: str):
    return client.post(url("import_confirm", consortium, section), {"sealed": sealed})


def columns(page) -> dict[str, int]:
    """The place of each column by its header without the mark of a required one."""
    return {str(cell.value).rstrip(" *"): cell.column for cell in page[1]}


def add(page, row: int | None = None, **cells):
    row = row or page.max_row + 1
    places = columns(page)
    for name, value in cells.items():
        page.cell(row, places[name.replace("_", " ")]).value = value


def member_cells(code: str, **changed) -> dict:
    return {
        "Unified_social_credit_code": code,
        "Name": "南京示例𠮷齿轮有限公司",
        "Kind": "Enterprise",
        "District": "Jiangning District",
        "Role_in_the_chain": "Production, Application",
        "Division_of_work": TEXT,
        "Contact_person": "丁示例",
        "Contact_e-mail": "ding@example.com",
    } | changed


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """A workbook whose parts were changed behind the library's back; None leaves a part out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in more.items():
            new.writestr(name, part)
    return out.getvalue()
