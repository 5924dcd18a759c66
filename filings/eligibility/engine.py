"""The engine: rules look at facts, and what they see becomes findings.

It knows neither filings nor the guideline: any facts object and any tuple of rules will do,
so annual reports are checked by the same engine.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext, gettext_lazy

from filings.eligibility.text import (
    Text,
    characters,
    decode,
    decode_all,
    encode,
    encode_all,
)

Facts = TypeVar("Facts")
Limits = TypeVar("Limits")


class Level(StrEnum):
    """How much weight the guideline's own words give: shall, in principle, encouraged."""

    BLOCK = "block"
    WARN = "warn"
    ADVISE = "advise"

    @property
    def label(self) -> str:
        return LEVEL_LABELS[self]


LEVEL_LABELS = {
    Level.BLOCK: gettext_lazy("Must be mended"),
    Level.WARN: gettext_lazy("Mend it or give a reason"),
    Level.ADVISE: gettext_lazy("Advice"),
}
_WEIGHT = {Level.BLOCK: 0, Level.WARN: 1, Level.ADVISE: 2}


class Source(StrEnum):
    """Where a rule comes from. What is the bureau's practice never cites a clause."""

    GUIDELINE = "guideline"
    PRACTICE = "practice"


def basis_of(source: str, clause: str) -> str:
    """The basis of a rule as a reader cites it."""
    if source == Source.PRACTICE:
        return gettext("Practice of the bureau")
    return gettext("Clause %(clause)s") % {"clause": clause}


@dataclass(frozen=True, slots=True)
class Observation:
    """What one look of a rule found. Empty `step` and `field` mean: those of the rule."""

    message: Text
    remedy: Text
    evidence: Mapping[str, object] = field(default_factory=dict)
    member_id: int | None = None
    step: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Generic[Facts, Limits]):
    """One demand of one clause; `title` and `asks` are message ids, `asks` retells the clause.

    `step` is the step of the form that mends it, `field` the field there.
    """

    id: str
    clause: str
    level: Level
    title: str
    asks: str
    step: str
    check: Callable[[Facts, Limits], Iterable[Observation]]
    field: str = ""
    source: Source = Source.GUIDELINE

    @property
    def title_text(self) -> str:
        return gettext(self.title)

    @property
    def asks_text(self) -> str:
        return gettext(self.asks)

    @property
    def basis(self) -> str:
        return basis_of(self.source, self.clause)

    def look(self, facts: Facts, limits: Limits) -> Iterable["Finding"]:
        """Run the check and sign what it saw with this rule."""
        for seen in self.check(facts, limits):
            yield Finding(
                rule=self.id,
                clause=self.clause,
                level=self.level,
                source=self.source,
                titled=Text(self.title),
                told=seen.message,
                mend=seen.remedy,
                evidence=seen.evidence,
                step=str(seen.step or self.step),
                field=seen.field or self.field,
                member_id=seen.member_id,
            )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found, and how to mend it.

    `title`, `message` and `remedy` are rendered in the language that is active when read.
    """

    rule: str
    clause: str
    level: Level
    source: Source
    titled: Text
    told: Text
    mend: Text
    evidence: Mapping[str, object]
    step: str
    field: str
    member_id: int | None

    @property
    def title(self) -> str:
        return str(self.titled)

    @property
    def message(self) -> str:
        return str(self.told)

    @property
    def remedy(self) -> str:
        return str(self.mend)

    @property
    def basis(self) -> str:
        return basis_of(self.source, self.clause)

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON holds it; `from_dict` gives an equal one back."""
        return {
            "rule": self.rule,
            "clause": self.clause,
            "level": self.level.value,
            "source": self.source.value,
            "title": encode(self.titled),
            "message": encode(self.told),
            "remedy": encode(self.mend),
            "evidence": encode_all(self.evidence),
            "step": self.step,
            "field": self.field,
            "member_id": self.member_id,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Finding":
        return cls(
            rule=stored["rule"],
            clause=stored["clause"],
            level=Level(stored["level"]),
            source=Source(stored["source"]),
            titled=decode(stored["title"]),
            told=decode(stored["message"]),
            mend=decode(stored["remedy"]),
            evidence=decode_all(stored["evidence"]),
            step=stored["step"],
            field=stored["field"],
            member_id=stored["member_id"],
        )


def evaluate(
    rules: Iterable[Rule[Facts, Limits]], facts: Facts, thresholds: Limits
) -> tuple[Finding, ...]:
    """Everything the rules find, the gravest first, else in the order of the rules."""
    findings = [finding for rule in rules for finding in rule.look(facts, thresholds)]
    return tuple(sorted(findings, key=lambda finding: _WEIGHT[finding.level]))


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that no reason can outweigh."""
    return tuple(finding for finding in findings if finding.level is Level.BLOCK)


def unjustified(
    findings: Iterable[Finding], justifications: Mapping[str, str], min_length: int
) -> tuple[Finding, ...]:
    """The warnings that still lack a written reason of `min_length` characters.

    A reason is given once per rule, under the rule's id, and covers every finding of it.
    """
    return tuple(
        finding
        for finding in findings
        if finding.level is Level.WARN
        and characters(justifications.get(finding.rule, "")) < max(min_length, 1)
    )
