"""Closing summaries and applications to the province for tests, made the way the portal does."""

from datetime import date

from filings import provincial
from filings.closing import writing
from filings.closing.content import take, with_rows
from filings.kept import row_field
from filings.models import ClosingSubmission, ClosingSummary, Consortium, ProvincialApplication
from filings.snapshot import digest
from tests.factories import TEXT

APPLIED = {"year": 2026, "outcome": "applied", "decided_on": None, "title": "", "number": ""}
GRANTED = {
    "year": 2026,
    "outcome": "granted",
    "decided_on": date(2026, 9, 30),
    "title": "江苏省高精度谐波减速器创新联合体",
    "number": "苏科创发〔2026〕88号",
}


def answers_of(summary: ClosingSummary) -> dict[str, str]:
    """Every goal reached with its evidence, and what is needed besides, by the names of the form."""
    said = {"reached": TEXT, "outputs": TEXT}
    for row in with_rows(summary).results.all():
        said[row_field("results", row.pk, "state")] = "reached"
        said[row_field("results", row.pk, "evidence")] = "检测报告编号"
    return said


def begun(consortium: Consortium, user) -> ClosingSummary:
    """A summary that says all that is needed and is not handed in."""
    summary = writing.begin(consortium, user=user)
    summary, _found = writing.save(consortium.pk, user=user, fields=answers_of(summary))
    return summary


def handed_in(consortium: Consortium, user, name: str = "甲示例") -> ClosingSubmission:
    summary = begun(consortium, user)
    seen = digest(take(summary))
    return writing.hand_in(consortium, user=user, signed_name=name, seen=seen)


def applied(consortium: Consortium, user, **said) -> ProvincialApplication:
    """An application that the lead unit reported, or that an officer recorded."""
    return provincial.report(consortium, user=user, said=APPLIED | said)
