"""How the checks are written: a rule of the engine at a part of the report."""

from collections.abc import Callable

from django.utils.translation import gettext_noop as _

from filings.eligibility.engine import Level, Rule, Source
from reports.parts import Part

ASKS_PARTS = _("The yearly report has seven parts, from overall construction to next year's plan.")
ASKS_HONEST = _("Reports are honest; serious falsification costs the qualification.")
ASKS_CHANGES = _("A change during operation is explained in the yearly report.")
ASKS_MEMBERS = _("Members do real work, and in principle a university or institute is among them.")
ASKS_UNITS = _("Each unit answers for its own part, the lead unit for the whole.")


def rule(
    check: Callable,
    level: Level,
    title: str,
    part: Part,
    asks: str = ASKS_PARTS,
    *,
    clause: str = "5.2",
    field: str = "",
    source: Source = Source.GUIDELINE,
) -> Rule:
    """A check under the name of its function."""
    return Rule(
        id=check.__name__, clause=clause, level=level, title=title, asks=asks, step=part.value,
        check=check, field=field, source=source,
    )  # fmt: skip
