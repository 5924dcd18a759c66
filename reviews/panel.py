"""The tabs beside a filing: which there are, and what is in each."""

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from filings.admin_panel import Preview, shown_in_place
from filings.models import Consortium
from reviews.dossier import Dossier, Filed
from reviews.neighbours import overlaps_of, units_around


class Tab(TextChoices):
    DOCUMENTS = "documents", _("Documents")
    FINDINGS = "findings", _("Findings")
    CHECKLIST = "checklist", _("Checklist")
    COMMENTS = "comments", _("Comments")
    UNITS = "units", _("Units and overlap")
    HISTORY = "history", _("History")


def counted(dossier: Dossier, comments: list) -> list[tuple[Tab, int | None]]:
    """Each tab with how much is in it, where that is told."""
    counts = {
        Tab.DOCUMENTS: len(dossier.documents),
        Tab.FINDINGS: len(dossier.judged),
        Tab.COMMENTS: len(comments) or None,
    }
    return [(tab, counts.get(tab)) for tab in Tab]


def contents(tab: Tab, consortium: Consortium, dossier: Dossier, asked) -> dict:
    """What only this tab shows, and no other has to wait for. `asked` are the page's parameters."""
    if tab == Tab.DOCUMENTS:
        return shown_in_place([_preview(consortium, d) for d in dossier.documents], asked)
    if tab == Tab.UNITS:
        return {
            "neighbours": units_around(dossier.submission),
            "overlaps": overlaps_of(consortium),
        }
    if tab == Tab.HISTORY:
        return {
            "changes": consortium.changes.select_related("supplementary_agreement"),
            "cases": consortium.credit_cases.select_related("unit", "duty"),
            "events": consortium.events.select_related("actor"),
        }
    return {}


def _preview(consortium: Consortium, document: Filed) -> Preview:
    download, inline, versions = (
        reverse(f"filings:{name}", args=[consortium.pk, document.id])
        for name in ("document", "document_inline", "document_view")
    )
    return Preview(
        key=str(document.id),
        name=document.name,
        about=" · ".join(filter(None, (document.kind, document.unit))),
        pages=document.pages,
        sha256=document.sha256,
        download=download,
        inline=inline,
        versions=versions,
    )
