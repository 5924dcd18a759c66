"""What the people of a filing do besides moving it: write it, confirm it, attach to it, object."""

import hashlib
import json
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.documents import inspect
from filings.models import (
    Change,
    Confirmation,
    Consortium,
    Document,
    DocumentKind,
    Event,
    Justification,
    Member,
    Objection,
)
from filings.notifications import announce_entry, ask_member
from filings.permissions import is_of_unit, may_edit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Entry, Status


def create_draft(*, user, unit, name: str) -> Consortium:
    """Begin a filing that `unit` leads. Raises NotPermitted for people of other units."""
    if not is_of_unit(user, unit.pk):
        raise NotPermitted(_("You can only file for a unit that you belong to."))
    return Consortium.objects.create(lead_unit=unit, name=name, created_by=user)


def editable(consortium_id: int, *, user, expected_version: int | None = None) -> Consortium:
    """The consortium, locked for writing until the transaction ends.

    Raises NotPermitted when it is not the user's to edit now, and Conflict when somebody saved it
    after the version the user had before its eyes.
    """
    consortium = lock(Consortium.objects).get(pk=consortium_id)
    answer = may_edit(user, consortium)
    if not answer:
        raise NotPermitted(answer.reason)
    if expected_version is not None and expected_version != consortium.version:
        raise Conflict(_("Somebody else saved this filing meanwhile. Compare before you save."))
    return consortium


@transaction.atomic
def save_content(
    consortium_id: int, *, user, fields: dict, expected_version: int | None = None
) -> Consortium:
    """Write some fields of the filing itself. Raises as `editable` does."""
    consortium = editable(consortium_id, user=user, expected_version=expected_version)
    for name, value in fields.items():
        setattr(consortium, name, value)
    consortium.version += 1
    consortium.save()
    return consortium


@transaction.atomic
def touch(consortium_id: int, *, user) -> Consortium:
    """Count a save of one of the filing's rows (member, task, document) as a save of the filing."""
    return save_content(consortium_id, user=user, fields={})


def digest_of(member: Member) -> str:
    """What a member confirms, as a fingerprint: it changes when its part changes."""
    part = {name: getattr(member, name) for name in Member.CONFIRMED_FIELDS}
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def save_member(member: Member, *, user) -> Member:
    """Write a member; its confirmation falls when its part is no longer what it confirmed."""
    touch(member.consortium_id, user=user)
    if member.confirmation != Confirmation.PENDING and member.confirmed_digest != digest_of(member):
        member.confirmation = Confirmation.PENDING
        member.confirmed_digest = ""
        member.answered_by = member.answered_at = None
        member.dispute_reason = ""
    member.save()
    return member


@transaction.atomic
def invite_members(consortium: Consortium, *, user) -> int:
    """Send every member that has not confirmed its link, by e-mail and, if known, to the inbox."""
    editable(consortium.pk, user=user)
    members = consortium.members.exclude(confirmation=Confirmation.CONFIRMED)
    for member in members.select_related("unit", "consortium__lead_unit"):
        member.invited_at = timezone.now()
        member.save(update_fields=["invited_at"])
        ask_member(member)
        if not member.unit.memberships.exists():
            _mail_contact(member)
    return len(members)


def _mail_contact(member: Member) -> None:
    # The contact has no account yet, so the ledger can't address it; the link lets it register.
    link = settings.SITE_URL + reverse("filings:confirm", args=[member.token])
    text = render_to_string("mail/member_invitation.txt", {"member": member, "link": link})
    subject, _blank, body = text.partition("\n\n")
    message = EmailMessage(" ".join(subject.split()), body, to=[member.contact_email])
    transaction.on_commit(lambda: message.send(fail_silently=True), robust=True)


@transaction.atomic
def confirm_member(member: Member, *, user) -> None:
    """The member unit stands by what the filing says about it (clause 3.2)."""
    _answer(member, user, Confirmation.CONFIRMED, Entry.CONFIRM, "")


@transaction.atomic
def dispute_member(member: Member, *, user, reason: str) -> None:
    """The member unit does not agree; the lead unit reads why."""
    if not reason.strip():
        raise Refused(_("Say what is wrong, so that the lead unit can mend it."))
    _answer(member, user, Confirmation.DISPUTED, Entry.DISPUTE, reason.strip())


def _answer(member: Member, user, answer: Confirmation, entry: Entry, reason: str) -> None:
    seen = digest_of(member)
    consortium = lock(Consortium.objects).get(pk=member.consortium_id)
    if not is_of_unit(user, member.unit_id):
        raise NotPermitted(_("Only people of the member unit may answer for it."))
    if not consortium.is_editable:
        raise Refused(_("The filing has been submitted: nothing is asked of you now."))
    member.refresh_from_db()
    if digest_of(member) != seen:
        raise Conflict(_("The lead unit just changed your part: please read it again."))
    member.confirmation = answer
    member.confirmed_digest = seen
    member.answered_by, member.answered_at = user, timezone.now()
    member.dispute_reason = reason
    member.save()
    event = record(consortium, entry, user, reason, member=member.name)
    announce_entry(event, entry)


def record(consortium: Consortium, entry: Entry, user, reason: str = "", **data) -> Event:
    """Write an entry of the history that moves nothing."""
    return Event.objects.create(
        consortium=consortium,
        action=entry,
        actor=user,
        at=timezone.now(),
        from_status=consortium.status,
        to_status=consortium.status,
        reason=reason,
        data=data,
    )


@transaction.atomic
def add_document(consortium: Consortium, *, user, kind: str, upload, member=None) -> Document:
    """Attach a PDF to a filing being edited. Raises ValidationError for one that may not be kept."""
    touch(consortium.pk, user=user)
    return _store(consortium, user, kind, upload, member)


def _store(consortium, user, kind, upload, member=None) -> Document:
    found = inspect(upload)
    return Document.objects.create(
        consortium=consortium,
        member=member,
        kind=kind,
        file=upload,
        original_name=found.name,
        size=found.size,
        pages=found.pages,
        sha256=found.sha256,
        uploaded_by=user,
    )


@transaction.atomic
def remove_document(document: Document, *, user) -> None:
    """Take a document out of the filing; the file stays for the submissions that saw it."""
    touch(document.consortium_id, user=user)
    document.replaced_at = timezone.now()
    document.save(update_fields=["replaced_at"])


@transaction.atomic
def justify(consortium: Consortium, *, user, rule: str, text: str) -> None:
    """Keep the reason for departing from what the guideline asks in principle."""
    touch(consortium.pk, user=user)
    Justification.objects.update_or_create(
        consortium=consortium, rule=rule, defaults={"text": text.strip()}
    )


@transaction.atomic
def answer_comment(comment, *, user, text: str) -> None:
    """The lead unit says how it dealt with what the bureau asked for."""
    touch(comment.consortium_id, user=user)
    comment.answer = text.strip()
    comment.answered_at = timezone.now() if comment.answer else None
    comment.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def report_change(
    consortium: Consortium,
    *,
    user,
    kind: str,
    description: str,
    reason: str,
    effective_on: date,
    upload,
) -> Change:
    """Report a change during operation with its supplementary agreement (clause 5.3).

    It needs no approval. Raises NotPermitted for others than the lead unit, Refused when the
    consortium does not run, ValidationError for the document or the day.
    """
    consortium = lock(Consortium.objects).get(pk=consortium.pk)
    if not is_of_unit(user, consortium.lead_unit_id):
        raise NotPermitted(_("Only people of the lead unit may do this."))
    if consortium.state != Status.ACTIVE:
        raise Refused(_("Changes are reported while the consortium is running."))
    if not consortium.starts_on <= effective_on <= consortium.ends_on:
        raise ValidationError({"effective_on": _("The day must lie within the term.")})
    document = _store(consortium, user, DocumentKind.SUPPLEMENTARY_AGREEMENT, upload)
    change = Change.objects.create(
        consortium=consortium,
        kind=kind,
        description=description,
        reason=reason,
        effective_on=effective_on,
        supplementary_agreement=document,
        reported_by=user,
    )
    event = record(consortium, Entry.CHANGE, user, description, change=change.pk, kind=kind)
    announce_entry(event, Entry.CHANGE)
    return change


def note_change(change: Change, *, user) -> None:
    """The bureau takes note; only the first to do so is kept."""
    Change.objects.filter(pk=change.pk, noted_at__isnull=True).update(
        noted_by=user, noted_at=timezone.now()
    )


@transaction.atomic
def receive_objection(
    consortium: Consortium, *, objector: str, contact: str, text: str, user=None
) -> Objection:
    """Take an objection during the public notice. Raises Refused before and after it."""
    consortium = lock(Consortium.objects).get(pk=consortium.pk)
    today = timezone.localdate()
    if consortium.status != Status.PUBLIC_NOTICE or today > consortium.notice_ends_on:
        raise Refused(_("Objections are taken while the public notice runs."))
    objection = Objection.objects.create(
        consortium=consortium, objector=objector, contact=contact, text=text
    )
    event = record(consortium, Entry.OBJECTION, user, objection=objection.pk)
    announce_entry(event, Entry.OBJECTION)
    return objection


@transaction.atomic
def close_objection(objection: Objection, *, user, answer: str) -> Objection:
    """Answer an objection, once. Raises Refused without an answer, Conflict when it was closed."""
    if not answer.strip():
        raise Refused(_("An objection is closed with an answer."))
    consortium = lock(Consortium.objects).get(pk=objection.consortium_id)
    objection.refresh_from_db()
    if objection.closed_at:
        raise Conflict(_("%(who)s already answered it.") % {"who": objection.closed_by})
    objection.answer, objection.closed_by = answer.strip(), user
    objection.closed_at = timezone.now()
    objection.save()
    record(
        consortium,
        Entry.OBJECTION_CLOSED,
        user,
        objection.answer,
        objection=objection.pk,
    )
    return objection
