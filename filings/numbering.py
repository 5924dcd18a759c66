"""Filing numbers: 宁创联备〔2026〕1号, gapless within a year, without leading zeros."""

import re
import unicodedata

from filings.database import lock
from filings.models import FilingCounter

PREFIX = "宁创联备"
_NUMBER = re.compile(rf"^{PREFIX}[〔\[(【]?(\d{{4}})[〕\])】]?(\d{{1,7}})号?$")


def written(year: int, serial: int) -> str:
    """The number as documents write it (the serial is never padded)."""
    return f"{PREFIX}〔{year}〕{serial}号"


def read(text: str) -> tuple[int, int] | None:
    """Year and serial of a number in any of the ways people type it, or None."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    match = _NUMBER.match(plain)
    return (int(match[1]), int(match[2])) if match else None


def take_next(year: int) -> int:
    """Give the next serial of `year`; call it inside the transaction that files.

    The counter's row stays locked until that transaction ends, so a rollback leaves no gap.
    """
    FilingCounter.objects.get_or_create(year=year)
    counter = lock(FilingCounter.objects).get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
