"""How a closing summary is begun, written, handed in and noted. Nothing here moves a consortium."""

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings import kept
from filings.attachments import file_under, taken_in
from filings.closing.content import missing, papers_of, take, with_rows
from filings.closing.known import known_of
from filings.database import lock
from filings.ending import ending_of
from filings.history import record
from filings.merging import Merge, Seen
from filings.models import (
    ClosingResult,
    ClosingSubmission,
    ClosingSummary,
    Consortium,
    Document,
    DocumentKind,
    Milestone,
    Policy,
)
from filings.notifications import announce_entry
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.snapshot import digest
from filings.states import Entry


def _locked(consortium_id: int, user) -> Consortium:
    """The consortium, locked, if `user` may say what it reached. Raises NotPermitted, Refused."""
    consortium = lock(Consortium.objects).get(pk=consortium_id)
    answer = acts_for_unit(user, consortium.lead_unit_id)
    if not answer:
        raise NotPermitted(answer.reason)
    today = timezone.localdate()
    if ending_of(consortium, today, Policy.objects.in_force(today)) is None:
        raise Refused(_("A closing summary is written when the end of the term is near, or after."))
    return consortium


def _writable(consortium: Consortium) -> ClosingSummary:
    summaries = ClosingSummary.objects.select_related("consortium__lead_unit")
    return with_rows(summaries.get(consortium=consortium))


@transaction.atomic
def begin(consortium: Consortium, *, user) -> ClosingSummary:
    """Open the summary with a row for each goal and milestone of the filing, filled with what the
    yearly reports said; any number of times. Raises NotPermitted, Refused while the end is far."""
    consortium = _locked(consortium.pk, user)
    found = ClosingSummary.objects.filter(consortium=consortium).first()
    if found:
        return found
    known = known_of(consortium)
    summary = ClosingSummary.objects.create(consortium=consortium, saved_by=user, **known.figures)
    rows = [ClosingResult(summary=summary, task=task) for task in consortium.tasks.all()]
    for milestone in Milestone.objects.filter(task__consortium=consortium).select_related("task"):
        state, evidence = known.results.get(milestone.pk, ("", ""))
        rows.append(
            ClosingResult(
                summary=summary,
                task=milestone.task,
                milestone=milestone,
                state=state,
                evidence=evidence,
            )
        )
    ClosingResult.objects.bulk_create(rows)
    return summary


@transaction.atomic
def save(
    consortium_id: int, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> tuple[ClosingSummary, Merge]:
    """Write fields of the summary and of its rows, merged as by `filings.services.save_content`.
    What was handed in stays as it was; who writes on hands it in again."""
    summary = _writable(_locked(consortium_id, user))
    found = kept.merged(summary, fields, seen, choices)
    changed = kept.put(summary, fields, found.write)
    if rows := changed.get(ClosingResult):
        ClosingResult.objects.bulk_update(rows, ["state", "evidence"])
    if found.write:
        summary.saved_by = user
        summary.save()
    return summary, found


def add_paper(consortium: Consortium, *, user, upload: File) -> Document:
    """Attach a file to the summary. Raises ValidationError for an unfit one, else as `begin`."""
    with taken_in(upload) as document:
        consortium = _locked(consortium.pk, user)
        return file_under(document, consortium, user=user, kind=DocumentKind.CLOSING)


@transaction.atomic
def remove_paper(document: Document, *, user) -> None:
    """Take an attachment off the summary; what was handed in with it keeps it."""
    consortium = _locked(document.consortium_id, user)
    removed = papers_of(consortium).filter(pk=document.pk).update(replaced_at=timezone.now())
    if not removed:
        raise Conflict(_("Somebody else has just replaced or removed this document."))


@transaction.atomic
def hand_in(consortium: Consortium, *, user, signed_name: str, seen: str) -> ClosingSubmission:
    """Hand in the summary whose digest `seen` the signer had before its eyes.

    Raises Refused while something is missing, Conflict when it was changed meanwhile, else as
    `begin`.
    """
    summary = _writable(_locked(consortium.pk, user))
    lacks = missing(summary)
    if lacks:
        raise Refused(_("This still stands in the way: %(first)s") % {"first": lacks[0].text})
    content = take(summary)
    if digest(content) != seen:
        raise Conflict(
            _("The summary was changed after this page was made. Read it again, then sign.")
        )
    handed_in = ClosingSubmission.objects.create(
        summary=summary,
        number=summary.submissions.count() + 1,
        content=content,
        digest=seen,
        signed_name=signed_name,
        submitted_by=user,
    )
    summary.submitted_at = handed_in.submitted_at
    # What the bureau took note of was another text.
    summary.noted_at = summary.noted_by = None
    summary.save()
    event = record(summary.consortium, Entry.CLOSING, user, closing=handed_in.number)
    announce_entry(event, Entry.CLOSING)
    return handed_in


def take_note(summary: ClosingSummary, *, user) -> None:
    """The bureau takes note of what was handed in; only the first to do so is kept."""
    waiting = ClosingSummary.objects.filter(submitted_at__isnull=False, noted_at__isnull=True)
    waiting.filter(pk=summary.pk).update(noted_by=user, noted_at=timezone.now())
