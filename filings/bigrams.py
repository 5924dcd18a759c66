"""Text as search tokens: pairs of Chinese characters, and words of any other script.

Chinese has no spaces, and people search for two characters; so every two neighbours are a token.
A run's last character is one too, and tokens match from their beginning: with that a single
character next to something else ("A股") is found wherever it stands.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Long words are cut, so that no text is too long for an index; what is asked is cut alike.
LONGEST_TOKEN = 40
MOST_ASKED = 40
# What a filing may weigh in the index; PostgreSQL takes 1 MB at most.
HEAVIEST = 400_000
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3005\u3007"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+")


class TooShort(ValueError):
    """Less than two characters were asked for."""


def _runs(text: str) -> Iterator[tuple[bool, str, bool]]:
    """Whether it is Chinese, the run itself, and whether nothing but a space or the end follows."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    for found in _RUN.finditer(plain):
        after = plain[found.end() : found.end() + 1]
        yield found["han"] is not None, found[0], not after or after.isspace()


def tokens(texts: Iterable[str]) -> list[str]:
    """What a text is found by, each once and in order, up to what an index takes."""
    found: set[str] = set()
    weight = 0
    for text in texts:
        for is_han, run, _is_last in _runs(text):
            if is_han:
                fresh = {run[i : i + 2] for i in range(len(run))} - found
            else:
                fresh = {run[:LONGEST_TOKEN]} - found
            weight += sum(len(token.encode()) + 8 for token in fresh)
            if weight > HEAVIEST:
                return sorted(found)
            found |= fresh
    return sorted(found)


def asked(text: str) -> list[tuple[str, bool]]:
    """The tokens that all must occur, and whether each may go on: only the end of what was typed
    may, so that "第1" finds "第12", and "第1期" asks for the number 1.

    Raises TooShort for less than two letters, digits or Chinese characters. Of a very long
    question the beginning counts.
    """
    wanted: dict[tuple[str, bool], None] = {}
    length = 0
    for is_han, run, is_last in _runs(text):
        length += len(run)
        if is_han and len(run) > 1:
            pairs = (run[i : i + 2] for i in range(len(run) - 1))
            wanted |= dict.fromkeys((pair, False) for pair in pairs)
        else:
            wanted[run[:LONGEST_TOKEN], is_last or len(run) > LONGEST_TOKEN] = None
    if length < 2:
        raise TooShort
    return list(wanted)[:MOST_ASKED]
