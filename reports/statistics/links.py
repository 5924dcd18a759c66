"""The lists behind the figures. They lie in the workbench of this room and of the one beside it,
which is known by its addresses alone."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse


def filings(**filters) -> str:
    """The list of filings; without `queue` it would open on what waits for the reader."""
    return _list("filings_consortium", {"queue": "all"} | filters)


def reports(**filters) -> str:
    return _list("reports_annualreport", filters)


def support(**filters) -> str:
    return _list("reports_supportrequest", filters)


def provincial(**filters) -> str:
    return _list("filings_provincialapplication", filters)


def moves_out_of(stage: str, first: date, last: date) -> str:
    """The entries of the history that ended a stage on these days."""
    days = {"at__gte": f"{first} 00:00:00+08:00", "at__lt": f"{last + timedelta(1)} 00:00:00+08:00"}
    return _list("filings_event", {"left": stage} | days)


def concern(kind: str) -> str:
    return reverse("admin:reports_picture_concern", args=[kind])


def _list(name: str, filters: dict) -> str:
    given = {key: value for key, value in filters.items() if value not in (None, "")}
    return f"{reverse(f'admin:{name}_changelist')}?{urlencode(given)}"
