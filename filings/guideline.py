"""The city's guideline as the public page tells it: clause by clause, in our own words.

What a filing is checked for comes from the rules themselves, so the page cannot lag behind them.
What the guideline offers, and what it asks of a running consortium, no rule of a filing can check.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from filings.eligibility.engine import Level, Rule, Source
from filings.eligibility.rules import FILING_RULES


@dataclass(frozen=True, slots=True)
class Line:
    """A clause in one sentence, and what the portal looks at for it."""

    clause: str
    asks: str
    level: Level | None = None
    checks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chapter:
    number: str
    title: str
    lines: list[Line]


TITLES = {
    "1": _("What a consortium is"),
    "2": _("What it aims at"),
    "3": _("How it is formed"),
    "4": _("What the bureau offers"),
    "5": _("While it runs"),
    "": _("Practice of the bureau, without a clause"),
}
_NUMERALS = "零一二三四五六七八九"
_LEVELS = list(Level)
BEYOND_RULES = (
    Line("4.1", _("Its tasks can enter the city's key projects and go first to the province.")),
    Line("4.2", _("Its people are found, trained and put forward for talent programmes.")),
    Line("4.3", _("Banks and funds are brought to it, with products made for consortia.")),
    Line("5.1", _("The filing ends by itself with the term.")),
    Line("5.2", _("Each year, on the bureau's call, it reports on the year before.")),
    Line("5.3", _("Serious dishonesty costs the qualification and is recorded against the unit.")),
)  # fmt: skip


def chapters() -> list[Chapter]:
    """The guideline's five sections, then what the bureau looks for without a clause."""
    lines = [*_lines_of(FILING_RULES), *BEYOND_RULES]
    return [
        Chapter(number, title, sorted((x for x in lines if _chapter(x) == number), key=_place))
        for number, title in TITLES.items()
    ]


def grounds() -> dict[str, str]:
    """The clauses a filing can fail, each with what it asks first: what a rejection rests on."""
    lines = sorted((x for x in _lines_of(FILING_RULES) if x.clause), key=_weight)
    found: dict[str, str] = {}
    for line in lines:
        found.setdefault(line.clause, line.asks)
    return found


def cited(clause: str) -> str:
    """The clause as official papers cite it: 3.5 is 第三部分第（五）项."""
    section, _dot, point = clause.partition(".")
    place = f"第{_NUMERALS[int(section)]}部分"
    return f"{place}第（{_NUMERALS[int(point)]}）项" if point else place


def _lines_of(rules: Iterable[Rule]) -> list[Line]:
    """One line for all rules that retell the same sentence of a clause with the same weight."""
    lines: dict[tuple, Line] = {}
    for rule in rules:
        clause = "" if rule.source == Source.PRACTICE else rule.clause
        line = Line(clause, rule.asks_text, rule.level)
        lines.setdefault((clause, rule.asks, rule.level), line).checks.append(rule.title_text)
    return list(lines.values())


def _chapter(line: Line) -> str:
    return line.clause.partition(".")[0]


def _weight(line: Line) -> tuple[list[int], int]:
    """By clause, and within it what must be before what should be."""
    return _place(line), _LEVELS.index(line.level)


def _place(line: Line) -> list[int]:
    return [int(part) for part in line.clause.split(".") if part]
