"""The attachments of a call: judged like every upload, and free to change until it is published."""

from collections.abc import Iterable

from django.core.files import File
from django.db import transaction

from filings.database import lock
from filings.documents import inspect_all
from filings.refusals import NotPermitted
from reports.models import CallPaper, ReportCall
from reports.permissions import may_draft


def attach(call_id: int, *, user, uploads: Iterable[File]) -> list[CallPaper]:
    """Keep all of `uploads` with a drafted call, or none: ValidationError names each unfit one.

    Raises NotPermitted once the call is published.
    """
    judged = inspect_all(uploads)
    with transaction.atomic():
        call = _drafted(call_id, user)
        return [
            CallPaper.objects.create(
                call=call,
                file=upload,
                original_name=found.name,
                size=found.size,
                pages=found.pages,
                sha256=found.sha256,
                uploaded_by=user,
            )
            for upload, found in judged
        ]


@transaction.atomic
def remove(paper: CallPaper, *, user) -> None:
    """Take an attachment out of a drafted call. Raises NotPermitted once it is published."""
    _drafted(paper.call_id, user)
    paper.delete()
    storage, name = paper.file.storage, paper.file.name

    def forget():
        storage.delete(name)

    transaction.on_commit(forget)


def _drafted(call_id: int, user) -> ReportCall:
    call = lock(ReportCall.objects).get(pk=call_id)
    answer = may_draft(user, call)
    if not answer:
        raise NotPermitted(answer.reason)
    return call
