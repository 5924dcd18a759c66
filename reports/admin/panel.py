"""The tabs beside a report: which there are, and what is in each."""

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from filings.admin_panel import Preview, shown_in_place
from reports.dossier import Chapter
from reports.models import AnnualReport, ReportDocument


class Tab(TextChoices):
    DOCUMENTS = "documents", _("Documents")
    FINDINGS = "findings", _("Findings")
    SINCE = "since", _("Since the return")
    COMMENTS = "comments", _("Comments")
    HISTORY = "history", _("History")


def tabs(
    papers: list[ReportDocument], chapters: list[Chapter], replies, comments: list
) -> list[tuple[Tab, int | None]]:
    """The tabs with how much is in each, where that is told; of findings while the report may be
    read, of answers only after a return."""
    counts = {
        Tab.DOCUMENTS: len(papers),
        Tab.FINDINGS: sum(len(chapter.judged) for chapter in chapters),
        Tab.COMMENTS: len(comments) or None,
    }
    left_out = {Tab.FINDINGS: not chapters, Tab.SINCE: replies is None}
    return [(tab, counts.get(tab)) for tab in Tab if not left_out.get(tab)]


def contents(tab: Tab, report: AnnualReport, papers: list[ReportDocument], asked) -> dict:
    """What only this tab shows, and no other has to wait for. `asked` are the page's parameters."""
    if tab == Tab.DOCUMENTS:
        return shown_in_place([_preview(paper) for paper in papers], asked)
    if tab == Tab.HISTORY:
        return {"events": report.events.select_related("actor")}
    return {}


def _preview(paper: ReportDocument) -> Preview:
    download, inline = (
        reverse(f"reports:{name}", args=[paper.report_id, paper.pk])
        for name in ("document", "document_inline")
    )
    return Preview(
        key=str(paper.pk),
        name=paper.original_name,
        about=paper.place,
        pages=paper.pages,
        sha256=paper.sha256,
        download=download,
        inline=inline,
    )
