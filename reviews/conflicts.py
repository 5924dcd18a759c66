"""Whom the bureau may not ask about a filing, as far as it can know; the rest the expert declares.

Pure: plain values in, the reason out.
"""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands behind a filing: its units by name and credit code, their people, its expert."""

    names: frozenset[str]
    codes: frozenset[str]
    emails: frozenset[str]
    chief_expert: str


def plain(name: str) -> str:
    """A name without what people write differently: width, case, spaces, brackets, dots."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def parties(units, emails, chief_expert: str) -> Parties:
    """`units` are pairs of name and credit code."""
    pairs = list(units)
    return Parties(
        frozenset(plain(name) for name, _code in pairs),
        frozenset(code for _name, code in pairs),
        frozenset(email.casefold() for email in emails),
        plain(chief_expert),
    )


def conflict(*, name: str, unit: str, uscc: str, email: str, parties: Parties):
    """Why this expert may not be asked; empty where nothing is known against it."""
    if plain(unit) in parties.names or (uscc and uscc in parties.codes):
        return _("The unit takes part in the consortium.")
    if email.casefold() in parties.emails:
        return _("The e-mail address is that of somebody of the consortium's units.")
    if parties.chief_expert and plain(name) == parties.chief_expert:
        return _("The name is that of the consortium's chief expert.")
    return ""
