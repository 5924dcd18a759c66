"""Whether a text says enough to be judged: the test behind every text that a clause asks for."""

from collections.abc import Iterator

from filings.eligibility.engine import Observation
from filings.eligibility.text import Text, characters


def thin(
    text: str,
    least: int,
    *,
    empty: str,
    short: str,
    remedy: str,
    member_id: int | None = None,
    **params: object,
) -> Iterator[Observation]:
    """One observation when `text` has fewer than `least` characters, at least one in any case.

    `empty`, `short` and `remedy` are message ids; `short` and `remedy` may use %(length)s and
    %(least)s besides the `params`.
    """
    length, least = characters(text), max(least, 1)
    if length < least:
        counts = {"length": length, "least": least}
        yield Observation(
            message=Text(short if length else empty, {**params, **counts}),
            remedy=Text(remedy, {**params, **counts}),
            evidence=counts,
            member_id=member_id,
        )
