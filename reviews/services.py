"""What officers write and answer beside the moves of a filing."""

from django.db import transaction

from filings.database import lock
from filings.models import Comment, Consortium, Objection
from filings.operation import close_objection
from filings.permissions import may_comment
from filings.refusals import NotPermitted
from filings.remarks import NOT_YOUR_TURN, unsent, written
from reviews.permissions import may_answer_objection


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


def answer_objection(objection: Objection, *, user, text: str, outcome: str) -> Objection:
    """Answer and close an objection. Raises NotPermitted for others than a second person of the
    deciding office, Conflict when it was closed meanwhile."""
    answer = may_answer_objection(user, objection)
    if not answer and not objection.closed_at:
        raise NotPermitted(answer.reason)
    return close_objection(objection, user=user, answer=text, outcome=outcome)
