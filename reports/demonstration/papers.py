"""Notices and letters of the demonstration's consortia, as their moves would have made them."""

from collections import Counter
from itertools import groupby

from filings import letters, publication
from filings.models import (
    Comment,
    Consortium,
    Letter,
    LetterCounter,
    NoticeEntry,
    Policy,
    PublicNotice,
)
from filings.workdays import workdays_left
from reports.demonstration.script import REASONS

GROUNDS = "3.1"


def publish(rows: list[Consortium], officer) -> None:
    """One notice for all filings that were published on the same day."""
    published = [c for c in rows if c.notice_starts_on]
    published.sort(key=lambda c: c.notice_starts_on)
    groups = [list(group) for _day, group in groupby(published, lambda c: c.notice_starts_on)]
    notices = PublicNotice.objects.bulk_create(
        PublicNotice(
            title=publication.usual_title(group[0].name if len(group) == 1 else ""),
            text=publication.usual_text(),
            starts_on=group[0].notice_starts_on,
            ends_on=group[0].notice_ends_on,
            days=workdays_left(group[0].notice_starts_on, group[0].notice_ends_on),
            published_by=officer,
        )
        for group in groups
    )
    NoticeEntry.objects.bulk_create(
        NoticeEntry(notice=notice, consortium=consortium)
        for notice, group in zip(notices, groups, strict=True)
        for consortium in group
    )


def write(rows: list[Consortium], policy: Policy, serials: Counter) -> None:
    """The letters on what was filed, rejected and returned; `serials` goes on counting."""
    Letter.objects.bulk_create(
        letters.draft(
            consortium, kind, day=day, policy=policy, serial=_next(serials, day.year), **content
        )
        for consortium in rows
        for kind, day, content in _occasions(consortium)
    )


def close(serials: Counter) -> None:
    LetterCounter.objects.bulk_create(
        LetterCounter(year=year, last=last) for year, last in serials.items()
    )


def _occasions(consortium: Consortium):
    days = consortium.demo_days
    if consortium.is_filed:
        yield Letter.Kind.FILED, consortium.starts_on, {}
    if "reject" in days:
        grounds = {"clause": GROUNDS, "reason": REASONS["reject"]}
        yield Letter.Kind.REJECTED, days["reject"], grounds
    if "return" in days:
        comments = Comment.objects.filter(consortium=consortium)
        points = {"points": letters.points_of(comments), "due_on": consortium.correction_due_on}
        yield Letter.Kind.RETURNED, days["return"], points


def _next(serials: Counter, year: int) -> int:
    serials[year] += 1
    return serials[year]
