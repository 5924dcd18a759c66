"""The consortia that run: by field, district and kind of lead unit, and when their terms end."""

from collections import Counter
from datetime import date

from django.db.models import Count

from filings.admin_filters import NONE

# What they are told apart by.
KINDS = {"field": "focus_field__code", "district": "lead_unit__place", "lead_kind": "lead_kind"}


def counted(consortia) -> dict[str, dict[str, int]]:
    """How many of the consortia there are of each field, district and kind of lead unit."""
    return {kind: _by(consortia, lookup) for kind, lookup in KINDS.items()}


def _by(consortia, lookup: str) -> dict[str, int]:
    groups = consortia.order_by().values_list(lookup).annotate(Count("pk"))
    return {value or NONE: number for value, number in groups}


def ends(consortia) -> dict[str, int]:
    """How many terms end in each quarter, in the order of the calendar."""
    quarters = Counter()
    for day, number in consortia.order_by().values_list("ends_on").annotate(Count("pk")):
        quarters[quarter_of(day)] += number
    return dict(sorted(quarters.items()))


def quarter_of(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"
