"""What the people of a filing do besides moving it: write it, confirm it, attach to it, object."""

import hashlib
import json

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.documents import inspect
from filings.models import (
    Confirmation,
    Consortium,
    Document,
    Event,
    Justification,
    Member,
)
from filings.notifications import announce_entry, ask_member
from filings.permissions import is_of_unit, may_edit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Entry


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
def save_task(form, milestones, *, user) -> None:
    """Write a key task with its milestones, both already validated."""
    touch(form.instance.consortium_id, user=user)
    form.save()
    milestones.save()


@transaction.atomic
def delete_row(row, *, user) -> None:
    """Take a member or a key task out of a filing that is being edited."""
    touch(row.consortium_id, user=user)
    row.delete()


@transaction.atomic
def move_member(member: Member, *, user, up: bool) -> None:
    """Move a member one place up or down in the list."""
    touch(member.consortium_id, user=user)
    rows = list(member.consortium.members.all())
    place = rows.index(member)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for order, row in enumerate(rows):
            row.order = order
        Member.objects.bulk_update(rows, ["order"])


@transaction.atomic
def sign_members(consortium: Consortium, *, user, signed) -> None:
    """Record which members signed the agreement."""
    editable(consortium.pk, user=user)
    keys = [member.pk for member in signed]
    consortium.members.filter(pk__in=keys).update(signed=True)
    consortium.members.exclude(pk__in=keys).update(signed=False)


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
    """Attach a PDF to a filing being edited. Raises ValidationError for an unfit one."""
    touch(consortium.pk, user=user)
    return store_document(consortium, user, kind, upload, member)


def store_document(consortium, user, kind, upload, member=None) -> Document:
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
