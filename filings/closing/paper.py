"""A closing summary on paper, in the layout of official documents."""

from typing import Any

from django.utils import timezone, translation
from django.utils.dateparse import parse_date

from filings.closing.content import figures_of, take, tasks_of, texts_of
from filings.models import ClosingSubmission, ClosingSummary
from filings.pdf import render


def of_submission(submission: ClosingSubmission) -> bytes:
    """What was handed in, with who signed it, when, and its digest."""
    return _paper(submission.content, submission.submitted_at, submission)


def of_draft(summary: ClosingSummary) -> bytes:
    """The summary as it stands, marked as a draft."""
    return _paper(take(summary), timezone.now())


def _paper(content: dict[str, Any], at, submission: ClosingSubmission | None = None) -> bytes:
    with translation.override("zh-hans"):
        context = {
            "content": content,
            "tasks": tasks_of(content),
            "texts": texts_of(content),
            "figures": figures_of(content),
            "starts_on": parse_date(content["starts_on"]),
            "ends_on": parse_date(content["ends_on"]),
        }
    return render("sheets/closing.html", context | {"submission": submission, "at": at})
