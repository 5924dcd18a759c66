"""Filing numbers (宁创联备〔2026〕1号) and letter numbers (宁创联函〔2026〕1号).

Each series is gapless within a year, without leading zeros.
"""

import re
import unicodedata

from filings.database import lock
from filings.models import FilingCounter, LetterCounter
from filings.models.numbering import Counter

PREFIX = "宁创联备"
LETTERS = "宁创联函"
_NUMBER = re.compile(rf"^{PREFIX}[〔\[(【]?(\d{{4}})[〕\])】]?(\d{{1,7}})号?$")


def written(year: int, serial: int, prefix: str = PREFIX) -> str:
    """The number as documents write it (the serial is never padded)."""
    return f"{prefix}〔{year}〕{serial}号"


def read(text: str) -> tuple[int, int] | None:
    """Year and serial of a number in any of the ways people type it, or None."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    match = _NUMBER.match(plain)
    return (int(match[1]), int(match[2])) if match else None


def take_next(year: int) -> int:
    """Give the next filing serial of `year`; call it inside the transaction that files."""
    return _next_of(FilingCounter, year)


def take_next_letter(year: int) -> int:
    """Give the next letter serial of `year`; call it inside the transaction that issues it."""
    return _next_of(LetterCounter, year)


def _next_of(series: type[Counter], year: int) -> int:
    """The next number of a series.

    The counter's row stays locked until that transaction ends, so a rollback leaves no gap.
    """
    series.objects.get_or_create(year=year)
    counter = lock(series.objects).get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
