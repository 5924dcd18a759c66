"""A filing on paper: all its sections in the layout of official documents, as one PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from filings.as_of import as_of
from filings.models import Consortium, DocumentKind, Submission
from filings.pdf import render
from filings.sections import Section
from filings.snapshot import Group, Row, present, take

_LONG = 60  # characters; a longer text is a paragraph, not a cell
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Part:
    """A unit, a task, or the section itself: facts for a table, texts, milestones."""

    title: str
    facts: list[Row]
    texts: list[Row]
    milestones: list


@dataclass(frozen=True, slots=True)
class Chapter:
    number: str
    section: Section
    parts: list[Part]
    documents: list[dict]


def of_submission(submission: Submission, content: dict[str, Any] | None = None) -> bytes:
    """What was filed, with its number, time and digest; `content` where it is an excerpt."""
    return _paper(
        submission.consortium,
        submission.content if content is None else content,
        submission.submitted_at,
        submission=submission,
        is_excerpt=content is not None,
    )


def of_draft(consortium: Consortium, content: dict[str, Any] | None = None) -> bytes:
    """The filing as it stands, marked as a draft on every page."""
    is_excerpt = content is not None
    content = content or take(as_of(consortium))
    return _paper(consortium, content, timezone.now(), is_excerpt=is_excerpt)


def _paper(
    consortium: Consortium,
    content: dict[str, Any],
    at: datetime,
    *,
    submission: Submission | None = None,
    is_excerpt: bool = False,
) -> bytes:
    with translation.override("zh-hans"):
        chapters = [
            _chapter(number, section, groups, content[section])
            for number, (section, groups) in zip(_NUMERALS, present(content), strict=False)
        ]
    return render(
        "sheets/filing.html",
        {
            "consortium": consortium,
            "content": content,
            "chapters": chapters,
            "submission": submission,
            "is_excerpt": is_excerpt,
            "at": at,
        },
    )


def _chapter(number: str, section: Section, groups: list[Group], data: Any) -> Chapter:
    documents = []
    if section == Section.AGREEMENT:
        # Documents are one table instead of a group each.
        documents, groups = data["documents"], groups[:1]
        kinds = dict(DocumentKind.choices)
        documents = [d | {"kind": kinds.get(d["kind"], d["kind"])} for d in documents]
    milestones = [t["milestones"] for t in data] if section == Section.TASKS else []
    parts = [
        _part(group, milestones[place] if milestones else []) for place, group in enumerate(groups)
    ]
    return Chapter(number, section, parts, documents)


def _part(group: Group, milestones: list) -> Part:
    # The milestones have a table of their own; a rendered list of them would say it twice.
    rows = group.rows[:-1] if milestones else group.rows
    return Part(
        group.title,
        [row for row in rows if not _is_long(row)],
        [row for row in rows if _is_long(row)],
        milestones,
    )


def _is_long(row: Row) -> bool:
    return len(row.value) > _LONG or "\n" in row.value
