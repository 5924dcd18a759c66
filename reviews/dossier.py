"""A submission as an officer reads it: in words, with what changed, what the rules found, and why
the lead unit departs from them. Everything here is as filed, not as the lead may be editing it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from filings import snapshot
from filings.assessment import findings_of
from filings.eligibility.engine import Finding, Rule
from filings.eligibility.facts import LeadFacts, Thresholds
from filings.eligibility.priority import PriorityIndex, priority_index
from filings.eligibility.rules import FILING_RULES
from filings.models import Comment, Consortium, DocumentKind, KeyTask, Member, Submission
from filings.sections import Section
from filings.states import Status

ASKED_ANEW = (
    Status.SUBMITTED,
    Status.UNDER_REVIEW,
    Status.RECOMMENDED,
    Status.PUBLIC_NOTICE,
    Status.ACTIVE,
)
_MODELS = {
    Section.MEMBERS: (Member, snapshot.MEMBER_FIELDS),
    Section.TASKS: (KeyTask, snapshot.TASK_FIELDS),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line as filed; `change` holds what it was in the submission before, if it was another."""

    label: str
    value: str
    field: str
    change: snapshot.Difference | None


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one title: the section's own, or those of one member or task."""

    title: str
    lines: tuple[Line, ...]

    @property
    def changed(self) -> bool:
        return any(line.change for line in self.lines)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the filing; `gone` are lines that the submission before had and this has not."""

    section: Section
    parts: tuple[Part, ...]
    gone: tuple[snapshot.Difference, ...]

    @property
    def changes(self) -> int:
        return len(self.gone) + sum(bool(line.change) for p in self.parts for line in p.lines)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the justification that the lead unit gave for its rule."""

    finding: Finding
    justification: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A document as the submission saw it."""

    id: int
    name: str
    unit: str
    kind: str
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the guideline and how many findings it had."""

    rule: Rule
    count: int


@dataclass(frozen=True, slots=True)
class Dossier:
    submission: Submission
    previous: Submission | None
    chapters: tuple[Chapter, ...]
    documents: tuple[Filed, ...]
    judged: tuple[Judged, ...]
    # What the rules find today on the same filing and did not find when it was filed.
    fresh: tuple[Finding, ...]
    checks: tuple[Check, ...]
    index: PriorityIndex
    intact: bool
    members: int
    tasks: int
    budget: Decimal

    @property
    def changes(self) -> int:
        return sum(chapter.changes for chapter in self.chapters)


def latest(consortium: Consortium) -> Dossier | None:
    """The last submission compared with the one before, and with what the rules say today.

    While the lead unit is correcting, the rules are not asked anew: what it has typed since its
    submission is not the bureau's to see. Nor are they when the procedure has ended.
    """
    submissions = list(consortium.submissions.select_related("policy", "submitted_by"))
    if not submissions:
        return None
    live = findings_of(consortium) if consortium.state in ASKED_ANEW else ()
    return read(submissions[-1], submissions[-2] if len(submissions) > 1 else None, live)


def read(
    submission: Submission, previous: Submission | None = None, live: tuple[Finding, ...] = ()
) -> Dossier:
    content = submission.content
    findings = [Finding.from_dict(stored) for stored in submission.findings]
    known = {(found.rule, found.member_id, found.message) for found in findings}
    return Dossier(
        submission=submission,
        previous=previous,
        chapters=_chapters(content, previous.content if previous else None),
        documents=tuple(_document(d) for d in content[Section.AGREEMENT]["documents"]),
        judged=tuple(
            Judged(found, submission.justifications.get(found.rule, "")) for found in findings
        ),
        fresh=tuple(f for f in live if (f.rule, f.member_id, f.message) not in known),
        checks=tuple(
            Check(rule, sum(found.rule == rule.id for found in findings)) for rule in FILING_RULES
        ),
        index=priority_index(_lead(content[Section.LEAD]), Thresholds.of(submission.policy)),
        intact=snapshot.digest(content) == submission.digest,
        members=len(content[Section.MEMBERS]),
        tasks=len(content[Section.TASKS]),
        budget=sum(
            (_amount(task["budget"]) or Decimal(0) for task in content[Section.TASKS]), Decimal(0)
        ),
    )


def _chapters(content: dict[str, Any], before: dict[str, Any] | None) -> tuple[Chapter, ...]:
    differences = snapshot.compare(before, content) if before else []
    changed = {(d.section, d.label): d for d in differences}
    chapters = []
    for section, groups in snapshot.present(content):
        # The documents of the agreement's section have a table of their own.
        own = groups[:1] if section == Section.AGREEMENT else groups
        parts = tuple(_part(section, group, changed) for group in own)
        shown = {line.change for part in parts for line in part.lines}
        gone = tuple(d for d in differences if d.section == section and d not in shown)
        chapters.append(Chapter(section, parts, gone))
    return tuple(chapters)


def _part(section: Section, group: snapshot.Group, changed) -> Part:
    prefix = f"{group.title} · " if group.title else ""
    return Part(
        group.title,
        tuple(
            Line(row.label, row.value, row.field, changed.get((section, prefix + row.label)))
            for row in group.rows
        ),
    )


def _document(stored: dict[str, Any]) -> Filed:
    return Filed(
        id=stored["id"],
        name=stored["name"],
        unit=stored.get("unit", ""),
        kind=str(DocumentKind(stored["kind"]).label),
        pages=stored["pages"],
        sha256=stored["sha256"],
    )


def _lead(stored: dict[str, Any]) -> LeadFacts:
    """The lead unit as it was filed, for the index; what the index does not read stays empty."""
    return LeadFacts(
        name=stored["unit"],
        uscc=stored["uscc"],
        lead_kind=stored["lead_kind"],
        revenue=_amount(stored["lead_revenue"]),
        rd_spend=_amount(stored["lead_rd_spend"]),
        platform_kind=stored["platform_kind"],
        platform_level=stored["platform_level"],
        district="",
        in_nanjing=False,
        open_sharing="",
    )


def _amount(stored: str | None) -> Decimal | None:
    return None if stored is None else Decimal(stored)


def chapters_of(dossier: Dossier, comments: Iterable[Comment] = ()) -> list[dict]:
    """Every chapter with the number of comments that were written on it."""
    counted = Counter(comment.section for comment in comments)
    return [{"chapter": c, "comments": counted[str(c.section)]} for c in dossier.chapters]


def fields_of(section: str) -> list[tuple[str, str]]:
    """The fields of a section that a comment can be about, with their names."""
    model, names = _MODELS.get(section, (Consortium, snapshot.FIELDS.get(section, ())))
    return [(name, str(model._meta.get_field(name).verbose_name)) for name in names]
