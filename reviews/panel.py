"""The tabs beside a filing: which there are, which one a person looked at last, what is in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from filings.models import Consortium
from reviews.dossier import Dossier
from reviews.neighbours import overlaps_of, units_around


class Tab(TextChoices):
    DOCUMENTS = "documents", _("Documents")
    FINDINGS = "findings", _("Findings")
    CHECKLIST = "checklist", _("Checklist")
    COMMENTS = "comments", _("Comments")
    UNITS = "units", _("Units and overlap")
    HISTORY = "history", _("History")


def chosen(request, tab: str = "") -> Tab:
    """The tab that was asked for; else the one that was open on the filing looked at before."""
    asked = tab or request.GET.get("tab", "")
    kept = request.session.get("filing_tab", "")
    if asked in Tab.values and asked != kept:
        request.session["filing_tab"] = kept = asked
    return Tab(kept) if kept in Tab.values else Tab.DOCUMENTS


def contents(tab: Tab, consortium: Consortium, dossier: Dossier, asked) -> dict:
    """What only this tab shows, and no other has to wait for. `asked` are the page's parameters."""
    if tab == Tab.DOCUMENTS:
        wanted = asked.get("document", "")
        shown = next((d for d in dossier.documents if str(d.id) == wanted), None)
        return {"shown": shown or next(iter(dossier.documents), None)}
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
