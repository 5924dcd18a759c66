"""A closing summary as plain JSON, as it is handed in; in words; and what is missing in it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from filings.kept import row_field
from filings.models import (
    ClosingResult,
    ClosingSummary,
    Consortium,
    DocumentKind,
)
from filings.snapshot import plain, words
from filings.term import last_day

TEXTS = ("reached", "outputs", "lessons", "continuation")
FIGURES = ("patents", "standards", "papers", "products", "income")
# Without an answer to these nobody can tell what was reached.
NEEDED = ("reached", "outputs")
_ROWS = Prefetch("results", ClosingResult.objects.select_related("task", "milestone"))


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that is still to be filled in, with the words for it."""

    field: str
    text: str


def papers_of(consortium: Consortium):
    """What is attached to its closing summary now."""
    return consortium.documents.filter(kind=DocumentKind.CLOSING, replaced_at__isnull=True)


def with_rows(summary: ClosingSummary) -> ClosingSummary:
    """The summary with its rows and what they are about, in one query."""
    prefetch_related_objects([summary], _ROWS)
    return summary


def take(summary: ClosingSummary) -> dict[str, Any]:
    """The summary as it stands, with what it is measured by."""
    with_rows(summary)
    consortium = summary.consortium
    return {
        "name": consortium.name,
        "number": consortium.filing_number,
        "lead": consortium.lead_unit.name,
        "uscc": consortium.lead_unit.uscc,
        "starts_on": plain(consortium.starts_on),
        "ends_on": plain(consortium.ended_on or consortium.ends_on),
        "goals": consortium.goals,
        "results": [_result(row, consortium) for row in summary.results.all()],
        **{name: plain(getattr(summary, name)) for name in (*TEXTS, *FIGURES)},
        "documents": [
            {"id": d.pk, "name": d.original_name, "pages": d.pages, "sha256": d.sha256}
            for d in papers_of(consortium)
        ],
    }


def _result(row: ClosingResult, consortium: Consortium) -> dict[str, Any]:
    milestone = row.milestone
    due = last_day(consortium.starts_on, milestone.month) if milestone else None
    return {
        "task_id": row.task_id,
        "task": row.task.title,
        "milestone": milestone.title if milestone else "",
        "goal": "" if milestone else row.task.goal,
        "due": plain(due),
        "state": row.state,
        "evidence": row.evidence,
    }


def texts_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The texts with their names."""
    return [(_label(name), content[name]) for name in TEXTS]


def figures_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The figures that were given, in words, with their names."""
    return [(_label(name), words(ClosingSummary, name, content[name])) for name in FIGURES]


def tasks_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The results task by task: its title, what came of its goal, and its milestones."""
    tasks: dict[int, dict[str, Any]] = {}
    states = dict(ClosingResult.State.choices)
    for stored in content["results"]:
        row = stored | {"label": str(states.get(stored["state"], "—"))}
        fresh = {"title": row["task"], "goal": None, "milestones": []}
        task = tasks.setdefault(row["task_id"], fresh)
        if row["milestone"]:
            task["milestones"].append(row)
        else:
            task["goal"] = row
    return list(tasks.values())


def _label(name: str) -> str:
    return str(ClosingSummary._meta.get_field(name).verbose_name)


def missing(summary: ClosingSummary) -> list[Missing]:
    """What must be said before it can be handed in: how each goal came out, with the evidence or
    the reason, and in short what was reached."""
    with_rows(summary)
    found = []
    for row in summary.results.all():
        about = {"what": str(row)}
        if not row.state:
            text = _("“%(what)s”: say how it came out.") % about
            found.append(Missing(row_field("results", row.pk, "state"), text))
        elif not row.evidence.strip():
            text = _("“%(what)s”: give the evidence, or why not.") % about
            found.append(Missing(row_field("results", row.pk, "evidence"), text))
    found += [
        Missing(name, _("Still empty: %(label)s.") % {"label": _label(name)})
        for name in NEEDED
        if not getattr(summary, name).strip()
    ]
    return found
