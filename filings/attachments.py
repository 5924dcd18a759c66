"""The papers of a filing: attached once they have been judged, and kept when they are replaced."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.confirmation import NOT_ASKED, is_asked
from filings.database import lock
from filings.documents import inspect
from filings.editing import count_save, touch
from filings.models import Consortium, Document, Member
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused


@contextmanager
def taken_in(upload: File, model=Document) -> Iterator:
    """A document of an upload: judged and in the store before the transaction of the block begins,
    since both may take a while; out of the store again when the block fails.

    `model` is another one for papers of the rooms above. Raises ValidationError for an unfit one.
    """
    found = inspect(upload)
    document = model(
        original_name=found.name, size=found.size, pages=found.pages, sha256=found.sha256
    )
    document.file.save(found.name, upload, save=False)
    try:
        with transaction.atomic():
            yield document
    except BaseException:
        document.file.delete(save=False)
        raise


def file_under(
    document: Document,
    consortium: Consortium,
    *,
    user,
    kind: str,
    member: Member | None = None,
    replaces: Document | None = None,
) -> Document:
    """Give a document that was taken in its place; the one it replaces becomes its history."""
    if replaces:
        _retire(replaces)
    document.consortium, document.member, document.kind = consortium, member, kind
    document.uploaded_by, document.replaces = user, replaces
    document.save()
    return document


def add_document(
    consortium: Consortium, *, user, kind: str, upload: File, member: Member | None = None
) -> Document:
    """Attach a PDF to a filing being edited. Raises ValidationError for an unfit one."""
    with taken_in(upload) as document:
        touch(consortium.pk, user=user)
        return file_under(document, consortium, user=user, kind=kind, member=member)


def replace_document(old: Document, *, user, upload: File) -> Document:
    """Put a newer version in the place of a document. Raises as `add_document`, and Conflict when
    somebody else replaced or removed it meanwhile."""
    with taken_in(upload) as document:
        consortium = touch(old.consortium_id, user=user)
        return file_under(
            document, consortium, user=user, kind=old.kind, member=old.member, replaces=old
        )


def add_proof(member: Member, *, user, kind: str, upload: File) -> Document:
    """Attach a proof that a member unit uploads itself, in the place of an older one of its kind.

    Raises ValidationError for an unfit one, NotPermitted for people of other units, Refused when
    the filing can't be edited now.
    """
    with taken_in(upload) as document:
        consortium = lock(Consortium.objects).get(pk=member.consortium_id)
        answer = acts_for_unit(user, member.unit_id)
        if not answer:
            raise NotPermitted(answer.reason)
        member = Member.objects.select_related("joined_by").get(pk=member.pk)
        member.consortium = consortium
        if not is_asked(member):
            raise Refused(NOT_ASKED)
        count_save(consortium, user)
        old = member.documents.filter(kind=kind, replaced_at__isnull=True).first()
        return file_under(document, consortium, user=user, kind=kind, member=member, replaces=old)


@transaction.atomic
def remove_document(document: Document, *, user) -> None:
    """Take a document out of the filing; the file stays for the submissions that saw it."""
    touch(document.consortium_id, user=user)
    _retire(document)


def _retire(document: Document) -> None:
    """Take a document out of the filing, once; the filing is locked."""
    retired = Document.objects.filter(pk=document.pk, replaced_at__isnull=True).update(
        replaced_at=timezone.now()
    )
    if not retired:
        raise Conflict(_("Somebody else has just replaced or removed this document."))


def versions_of(document: Document) -> list[Document]:
    """The versions of one document, the newest first, whichever of them is given."""
    papers = Document.objects.filter(consortium_id=document.consortium_id)
    papers = {paper.pk: paper for paper in papers.select_related("uploaded_by", "member")}
    newer = {paper.replaces_id: paper for paper in papers.values() if paper.replaces_id}
    found = papers[document.pk]
    while found.pk in newer:
        found = newer[found.pk]
    versions = [found]
    while found.replaces_id:
        found = papers[found.replaces_id]
        versions.append(found)
    return versions
