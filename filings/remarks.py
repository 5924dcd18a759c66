"""Writing and answering what the bureau asks to mend: the same for filings and reports."""

from django.db.models import Manager, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from filings.database import lock
from filings.models.history import InternalNote, Remark
from filings.permissions import may_change_comment, may_delete_note, may_write_note
from filings.refusals import Conflict, NotPermitted, Refused

NOT_YOUR_TURN = _("Comments are written by the officer whose turn it is.")
READS_ONLY = _("You may read this, not write.")
NOT_YOUR_NOTE = _("Only its author deletes a note.")


def written(text: str) -> str:
    """The text of a comment. Raises Refused for an empty one."""
    text = text.strip()
    if not text:
        raise Refused(_("Write what is to be mended."))
    return text


def unsent(remarks: QuerySet, pk: int, user) -> Remark:
    """The comment, locked, while `user` may change it. Raises Conflict when it was sent or deleted
    meanwhile."""
    comment = lock(remarks).filter(pk=pk).first()
    if comment is None:
        raise Conflict(_("Somebody else has deleted this comment."))
    if comment.sent_at:
        raise Conflict(_("The comment has been sent to the lead unit meanwhile."))
    if not may_change_comment(user, comment):
        raise NotPermitted(NOT_YOUR_TURN)
    return comment


def answer(comment: Remark, text: str) -> None:
    """The lead unit says how it dealt with what the bureau asked for."""
    comment.answer, comment.answered_at = text.strip(), timezone.now()
    comment.save(update_fields=["answer", "answered_at"])


def resolve(comment: Remark) -> None:
    """The lead unit did as it was asked and has nothing to add."""
    comment.resolved, comment.answered_at = True, timezone.now()
    comment.save(update_fields=["resolved", "answered_at"])


def require_answers(unanswered: QuerySet) -> None:
    """A resubmission answers what the bureau asked for, point by point. Raises Refused."""
    count = unanswered.count()
    if count:
        raise Refused(
            ngettext(
                "%(count)s comment of the bureau is neither answered nor marked as done.",
                "%(count)s comments of the bureau are neither answered nor marked as done.",
                count,
            )
            % {"count": count}
        )


def write_note(notes: Manager, *, user, text: str, **place) -> InternalNote:
    """Leave a word for the colleagues among the notes of a filing or a report. Raises NotPermitted
    for who only reads, Refused for an empty one."""
    if not may_write_note(user):
        raise NotPermitted(READS_ONLY)
    return notes.create(text=written(text), author=user, **place)


def delete_note(note: InternalNote, *, user) -> None:
    """Take one's own note back. Raises NotPermitted for another's."""
    if not may_delete_note(user, note):
        raise NotPermitted(NOT_YOUR_NOTE)
    note.delete()
