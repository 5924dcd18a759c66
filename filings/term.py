"""The term of a consortium (clauses 1 and 5.1), reckoned as the Civil Code reckons periods."""

from calendar import monthrange
from datetime import date


def last_day(starts_on: date, months: int) -> date:
    """The last day of a term of `months` that begins on `starts_on` (Civil Code, 201 and 202).

    It is the corresponding day of the last month, or that month's end where it has no such day:
    36 months from 2026-03-01 end on 2029-03-01, from 2024-02-29 on 2027-02-28. The term ends a
    status, so it is not put off when that day is a holiday (203 concerns time limits on people).
    Raises ValueError for less than one month.
    """
    if months < 1:
        raise ValueError("a term has at least one month")
    years, month = divmod(starts_on.month - 1 + months, 12)
    year, month = starts_on.year + years, month + 1
    return date(year, month, min(starts_on.day, monthrange(year, month)[1]))


def has_expired(ends_on: date, on: date) -> bool:
    """Whether a time that ends on `ends_on` is over on the day `on`: its last day belongs to it."""
    return on > ends_on
