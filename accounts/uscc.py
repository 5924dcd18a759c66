"""The unified social credit code of GB 32100-2015: 18 characters, the last checks the rest.

Places: 1 registering authority, 2 kind, 3-8 registering office (not the district of the unit),
9-17 organisation code with a check character of its own (GB 11714), 18 check character.
A valid code proves no typing error; it does not prove that the unit exists.
"""

import unicodedata
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

# No I, O, S, V, Z: they are taken for 1, 0, 5, U, 2. A character's value is its place here.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKALIKES = str.maketrans("OI", "01")

INDIVIDUAL_BUSINESS = "92"


class Fault(StrEnum):
    """Why a code can't be one; the first that applies, in this order."""

    LENGTH = "length"
    ALPHABET = "alphabet"
    CHECK = "check"


FAULT_TEXTS = {
    Fault.LENGTH: _("A unified social credit code has exactly 18 characters."),
    Fault.ALPHABET: _(
        "A unified social credit code consists of digits and capital letters; "
        "the letters I, O, S, V and Z never occur in it. Is it a 0 or a 1?"
    ),
    Fault.CHECK: _(
        "The check character does not fit: at least one character is wrong. "
        "Please compare the code with the licence."
    ),
}


def normalise(text: str) -> str:
    """The code as the standard writes it, from what people type or paste.

    Full-width forms become plain, small letters capital; spaces, hyphens and invisible characters
    go. Letters are never turned into digits: what looks like a 0 may be a wrong code.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        character
        for character in plain
        if unicodedata.category(character)[0] not in "ZC"
        and unicodedata.category(character) != "Pd"
        and character != "\N{MINUS SIGN}"
    )


def check_character(first17: str) -> str:
    """The 18th character for the first 17. Raises ValueError where there is none."""
    if len(first17) != LENGTH - 1 or not set(first17) <= set(ALPHABET):
        raise ValueError(f"not the beginning of a unified social credit code: {first17!r}")
    total = sum(
        _VALUES[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True)
    )
    return ALPHABET[-total % 31]


def explain(code: str) -> Fault | None:
    """What is wrong with a normalised code, or None when nothing is."""
    if len(code) != LENGTH:
        return Fault.LENGTH
    if not set(code) <= set(ALPHABET):
        return Fault.ALPHABET
    if check_character(code[:-1]) != code[-1]:
        return Fault.CHECK
    return None


def is_valid(code: str) -> bool:
    """Whether a normalised code has the length, the letters and the check character."""
    return explain(code) is None


def suggestion(code: str) -> str | None:
    """The valid code that a reader of O for 0 or I for 1 meant, to be offered, never assumed."""
    candidate = code.translate(_LOOKALIKES)
    return candidate if candidate != code and is_valid(candidate) else None


def organisation_code_is_valid(code: str) -> bool:
    """Whether places 9-17 of a valid code pass the older check of GB 11714 (modulo 11).

    Some codes that were really issued are said to fail it: a reason to look, not to refuse.
    """
    body, check = code[8:16], code[16]
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return check == "0123456789X0"[11 - total % 11]


def is_individual_business(code: str) -> bool:
    """Whether the code is that of an individual business (个体工商户), which is no legal person."""
    return code.startswith(INDIVIDUAL_BUSINESS)
