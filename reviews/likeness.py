"""When two names are likely those of one unit or person, and two texts the same work. Pure: plain
text in, plain text out; what shares no key is never compared.

A name is compared by its core, without the place before and the legal form after it. Cores that
differ by one character share a key, since a core's keys are itself and itself without each of its
characters. Texts are long: those that begin or end alike share a key.
"""

import re
import unicodedata
from difflib import SequenceMatcher

NAMES_ALIKE = 0.8
TEXTS_ALIKE = 0.85
# Shorter milestones ("first prototype") are said by everybody.
SHORTEST_TEXT = 8
LONGEST_CORE = 60
_EDGE = 8
_PLACES = ("中国", "江苏省", "江苏", "南京市", "南京")
_FORMS = (
    "有限责任公司", "股份有限公司", "有限公司", "总公司", "分公司", "公司", "集团",
    "companylimited", "coltd", "limited", "ltd", "inc",
)  # fmt: skip
_NUMBERS = re.compile(r"\d+|[一二三四五六七八九十百]+")


def plain(text: str) -> str:
    """Letters, digits and characters alone, full-width and half-width alike."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def core(name: str) -> str:
    """What is left of a unit's name without place and legal form, or all of it when nothing is."""
    left = plain(name)
    for place in _PLACES:
        left = _unless_empty(left.removeprefix(place), left)
    while (shorter := _without_form(left)) != left:
        left = shorter
    return left[:LONGEST_CORE]


def name_keys(name: str) -> set[str]:
    found = core(name)
    return {found, *(found[:at] + found[at + 1 :] for at in range(len(found)) if len(found) > 3)}


def text_keys(text: str) -> set[str]:
    """The keys of a milestone's text; none when it is too short to tell anything."""
    found = plain(text)
    return {found[:_EDGE], found[-_EDGE:]} if len(found) >= SHORTEST_TEXT else set()


def names_alike(one: str, other: str) -> bool:
    """Units that are numbered (第一, 第二) are told apart by their numbers."""
    one, other = core(one), core(other)
    return _NUMBERS.findall(one) == _NUMBERS.findall(other) and _near(one, other, NAMES_ALIKE)


def texts_alike(one: str, other: str) -> bool:
    return _near(plain(one), plain(other), TEXTS_ALIKE)


def _near(one: str, other: str, threshold: float) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= threshold and matcher.ratio() >= threshold


def _without_form(name: str) -> str:
    for form in _FORMS:
        if name.endswith(form):
            return _unless_empty(name.removesuffix(form), name)
    return name


def _unless_empty(shorter: str, name: str) -> str:
    return shorter if len(shorter) > 1 else name
