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

from filings import kept
from filings.database import lock
from filings.documents import inspect
from filings.merging import Merge, Seen, merge
from filings.models import (
    Confirmation,
    Consortium,
    Document,
    Event,
    Justification,
    KeyTask,
    Member,
    Milestone,
)
from filings.notifications import announce_entry, ask_member
from filings.permissions import is_of_unit, may_edit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.snapshot import plain
from filings.states import Entry


def create_draft(*, user, unit, name: str) -> Consortium:
    """Begin a filing that `unit` leads. Raises NotPermitted for people of other units."""
    if not is_of_unit(user, unit.pk):
        raise NotPermitted(_("You can only file for a unit that you belong to."))
    return Consortium.objects.create(lead_unit=unit, name=name, created_by=user)


def editable(consortium_id: int, *, user) -> Consortium:
    """The consortium, locked for writing until the transaction ends.

    Raises NotPermitted when it is not the user's to edit now.
    """
    consortium = lock(Consortium.objects).get(pk=consortium_id)
    answer = may_edit(user, consortium)
    if not answer:
        raise NotPermitted(answer.reason)
    return consortium


@transaction.atomic
def touch(consortium_id: int, *, user) -> Consortium:
    """Count a save of one of the filing's rows (member, task, document) as a save of the filing."""
    consortium = editable(consortium_id, user=user)
    _count(consortium, user)
    return consortium


def _count(consortium: Consortium, user) -> None:
    consortium.version += 1
    consortium.saved_by = user
    consortium.save()


def _merge(stored: dict, fields: dict, seen: Seen | None, choices) -> Merge:
    theirs = {name: plain(stored[name]) for name in fields}
    mine = {name: plain(value) for name, value in fields.items()}
    return merge(Seen(theirs) if seen is None else seen, mine, theirs, choices)


@transaction.atomic
def save_content(
    consortium_id: int, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> Merge:
    """Write fields of the filing itself; `signed_members` are the ids of the members that signed.

    `seen` is what the form showed: what somebody else changed since then is not overwritten, and
    the answer says what is to be chosen between. Without it all is written. Raises as `editable`.
    """
    consortium = editable(consortium_id, user=user)
    found = _merge(kept.stored(consortium, fields), fields, seen, choices)
    for name in found.write:
        if name == "signed_members":
            _sign(consortium, fields[name])
        else:
            setattr(consortium, name, fields[name])
    if found.write:
        _count(consortium, user)
    return found


def _sign(consortium: Consortium, keys) -> None:
    consortium.members.filter(pk__in=keys).update(signed=True)
    consortium.members.exclude(pk__in=keys).update(signed=False)


def digest_of(member: Member) -> str:
    """What a member confirms, as a fingerprint: it changes when its part changes."""
    part = {name: getattr(member, name) for name in Member.CONFIRMED_FIELDS}
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def save_member(
    member: Member, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> Merge:
    """Write fields of a member, stored or new, merged as by `save_content`; `uscc` is its unit.

    Its answer is about the part it read: it falls when the part changes, and stands again when
    the part is once more what it was.
    """
    consortium = editable(member.consortium_id, user=user)
    if member.pk:
        member = Member.objects.select_related("unit").get(pk=member.pk)
        found = _merge(kept.stored(member, fields), fields, seen, choices)
    else:
        member.order = consortium.members.count()
        found = Merge.of_new(fields)
    for name in found.write:
        setattr(member, "unit" if name == "uscc" else name, fields[name])
    if found.write:
        _count(consortium, user)
        member.confirmation = _answer_of(member)
        member.save()
    return found


def _answer_of(member: Member) -> Confirmation:
    if not member.confirmed_digest or member.confirmed_digest != digest_of(member):
        return Confirmation.PENDING
    return Confirmation.DISPUTED if member.dispute_reason else Confirmation.CONFIRMED


@transaction.atomic
def save_task(
    task: KeyTask, *, user, fields: dict, seen: Seen | None = None, choices=None
) -> Merge:
    """Write fields of a key task, stored or new, merged as by `save_content`; `members` are the
    ids of those that take part, `milestones` its [month, title]."""
    consortium = editable(task.consortium_id, user=user)
    if task.pk:
        task = KeyTask.objects.get(pk=task.pk)
        found = _merge(kept.stored(task, fields), fields, seen, choices)
    else:
        task.order = consortium.tasks.count()
        found = Merge.of_new(fields)
    for name in found.write - {"members", "milestones"}:
        setattr(task, name, fields[name])
    if found.write:
        _count(consortium, user)
        task.save()
    if "members" in found.write:
        task.members.set(fields["members"])
    if "milestones" in found.write:
        task.milestones.all().delete()
        Milestone.objects.bulk_create(
            Milestone(task=task, month=month, title=title) for month, title in fields["milestones"]
        )
    return found


@transaction.atomic
def delete_row(row, *, user) -> None:
    """Take a member or a key task out of a filing that is being edited."""
    touch(row.consortium_id, user=user)
    row.delete()


@transaction.atomic
def move_row(row: Member | KeyTask, *, user, up: bool) -> None:
    """Move a member or a key task one place up or down in its list."""
    touch(row.consortium_id, user=user)
    rows = list(type(row).objects.filter(consortium_id=row.consortium_id))
    place = rows.index(row)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for order, moved in enumerate(rows):
            moved.order = order
        type(row).objects.bulk_update(rows, ["order"])


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
    comment.answered_at = timezone.now()
    comment.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def resolve_comment(comment, *, user) -> None:
    """The lead unit did as it was asked and has nothing to add."""
    touch(comment.consortium_id, user=user)
    comment.resolved, comment.answered_at = True, timezone.now()
    comment.save(update_fields=["resolved", "answered_at"])
