"""Where the pages of a report show what the bureau asks for: at a field, at a row, or above."""

from collections.abc import Iterable, Mapping

from django.db.models import Model

from filings.views.panel import placed
from reports.models import ReportComment, ReportProject, UnitPart
from reports.places import about, page_of


def asked_here(
    remarks: Iterable[ReportComment],
    rows: Mapping[str, Model],
    *,
    page: UnitPart | ReportProject | None = None,
    form=None,
    refused=None,
    answers: bool = True,
) -> dict:
    """The context of a page: `comments` stand above or at the fields of `form`, `asked` at the rows
    that the page shows. `rows` are those there are still, by their places; `page` is the one whose
    own page it is, None on the page of a part.

    Each is answered on one page; others lead there, for whoever `answers`. `refused` is an answer
    that could not be kept.
    """
    remarks = list(remarks)
    here = [one for one in remarks if answers and _home(rows.get(one.field)) == page]
    found = placed(here, form, refused)
    items = [*found["comments"], *({"comment": one} for one in remarks if one not in here)]
    for item in items:
        comment = item["comment"]
        row = rows.get(comment.field)
        item |= {"about": about(comment), "row": row}
        if answers and "form" not in item:
            item["url"] = page_of(comment, row)
    above = [item for item in items if item["row"] == page]
    return found | {"comments": above, "asked": [item for item in items if item not in above]}


def _home(row: Model | None) -> UnitPart | ReportProject | None:
    """The row, where it has a page of its own."""
    return row if isinstance(row, UnitPart | ReportProject) else None
