"""What officers write and answer beside the moves of a filing."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.models import Comment, Consortium, Objection
from filings.operation import close_objection
from filings.permissions import may_comment
from filings.refusals import NotPermitted
from filings.remarks import NOT_YOUR_TURN, unsent, written
from reviews.models import Note
from reviews.permissions import (
    may_answer_objection,
    may_delete_note,
    may_write_note,
)

READS_ONLY = _("You may read this, not write.")
NOT_YOUR_NOTE = _("Only its author deletes a note.")


@transaction.atomic
def write_comment(consortium_id: int, *, user, section: str, field: str = "", text: str) -> Comment:
    """Put one thing to be mended on the list that the next return sends, all at once.

    Raises NotPermitted for others than the officer whose turn it is.
    """
    consortium = lock(Consortium.objects).get(pk=consortium_id)
    if not may_comment(user, consortium):
        raise NotPermitted(NOT_YOUR_TURN)
    return Comment.objects.create(
        consortium=consortium,
        submission=consortium.submissions.last(),
        section=section,
        field=field,
        text=written(text),
        author=user,
    )


@transaction.atomic
def rewrite_comment(comment_id: int, *, user, section: str, field: str = "", text: str) -> Comment:
    """Change an unsent comment. Raises Conflict when it was sent or deleted meanwhile."""
    comment = unsent(Comment.objects, comment_id, user)
    comment.section, comment.field, comment.text = section, field, written(text)
    comment.save(update_fields=["section", "field", "text"])
    return comment


@transaction.atomic
def delete_comment(comment_id: int, *, user) -> None:
    """Take an unsent comment off the list. Raises as `rewrite_comment` does."""
    unsent(Comment.objects, comment_id, user).delete()


@transaction.atomic
def write_note(consortium: Consortium, *, user, section: str, field: str = "", text: str) -> Note:
    """Leave a word for the colleagues. Raises NotPermitted for who only reads."""
    if not may_write_note(user):
        raise NotPermitted(READS_ONLY)
    text = written(text)
    return Note.objects.create(
        consortium=consortium, section=section, field=field, text=text, author=user
    )


@transaction.atomic
def delete_note(note: Note, *, user) -> None:
    """Take one's own note back. Raises NotPermitted for another's."""
    if not may_delete_note(user, note):
        raise NotPermitted(NOT_YOUR_NOTE)
    note.delete()


def answer_objection(objection: Objection, *, user, text: str, outcome: str) -> Objection:
    """Answer and close an objection. Raises NotPermitted for others than a second person of the
    deciding office, Conflict when it was closed meanwhile."""
    answer = may_answer_objection(user, objection)
    if not answer and not objection.closed_at:
        raise NotPermitted(answer.reason)
    return close_objection(objection, user=user, answer=text, outcome=outcome)
