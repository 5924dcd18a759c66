"""Views of the queue under a name of the officer's own."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from filings.refusals import Refused
from reviews.models import SavedFilter

# What a view of the queue consists of; anything else in an address is not kept.
KEPT = (
    "queue", "state", "overdue", "field", "district", "lead_kind", "ends", "came", "unit", "with",
    "q", "o",
)  # fmt: skip
MOST = 20


def essence(query: str) -> str:
    """What is worth keeping of the list's address, always in the same order."""
    given = QueryDict(query.lstrip("?"))
    return urlencode([(name, given[name]) for name in KEPT if given.get(name)])


def save(user, name: str, query: str) -> SavedFilter:
    """Keep a view; one that has the name is replaced. Raises Refused."""
    name, kept = " ".join(name.split())[:30], essence(query)
    if not name:
        raise Refused(_("Give the filter a name."))
    if not kept:
        raise Refused(_("Choose a filter or search for something first; then save that."))
    if len(kept) > SavedFilter._meta.get_field("query").max_length:
        raise Refused(_("This search is too long to be saved."))
    mine = SavedFilter.objects.filter(officer=user)
    if mine.count() >= MOST and not mine.filter(name=name).exists():
        raise Refused(_("You have saved as many filters as fit; delete one first."))
    return SavedFilter.objects.update_or_create(officer=user, name=name, defaults={"query": kept})[
        0
    ]
