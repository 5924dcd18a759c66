"""What the members of a filing say to the part that it gives them (clause 3.2)."""

import hashlib
import json

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.change_states import ChangeStatus
from filings.database import lock
from filings.editing import editable
from filings.history import record
from filings.models import Confirmation, Consortium, Member
from filings.notifications import announce_entry, ask_member
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Entry

NOT_ASKED = _("Nothing is asked of you now: the filing is not being edited.")


def digest_of(member: Member) -> str:
    """What a member confirms, as a fingerprint: it changes when its part changes."""
    part = {name: getattr(member, name) for name in Member.CONFIRMED_FIELDS}
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()


def answer_of(member: Member) -> Confirmation:
    if not member.confirmed_digest or member.confirmed_digest != digest_of(member):
        return Confirmation.PENDING
    return Confirmation.DISPUTED if member.dispute_reason else Confirmation.CONFIRMED


@transaction.atomic
def invite_members(consortium: Consortium, *, user) -> int:
    """Send every member that has not confirmed its link, by e-mail and, if known, to the inbox."""
    editable(consortium.pk, user=user)
    members = consortium.members.exclude(confirmation=Confirmation.CONFIRMED)
    for member in members.select_related("unit", "consortium__lead_unit"):
        invite(member)
    return len(members)


def invite(member: Member) -> None:
    """Send a member its link, of a filing or of a change by which it joins."""
    member.invited_at, member.reminded_rung = timezone.now(), 0
    member.save(update_fields=["invited_at", "reminded_rung"])
    _ask(member)


def is_asked(member: Member) -> bool:
    """Whether its part may be answered to now: the filing is being edited, or the change by which
    it joins waits for its confirmation (clause 5.3)."""
    if member.joined_by_id:
        return member.joined_by.status == ChangeStatus.AWAITING
    return member.consortium.is_editable


@transaction.atomic
def remind_member(member_id: int, *, rung: int) -> bool:
    """Ask a member that has not answered once more, `rung` days after it was asked; once a rung."""
    member = lock(Member.objects.select_related("unit", "consortium__lead_unit")).get(pk=member_id)
    if member.reminded_rung >= rung or member.confirmation != Confirmation.PENDING:
        return False
    member.reminded_rung = rung
    member.save(update_fields=["reminded_rung"])
    _ask(member)
    return True


def _ask(member: Member) -> None:
    ask_member(member)
    if not member.unit.memberships.editing().exists():
        _mail_contact(member)


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
    _give_answer(member, user, Confirmation.CONFIRMED, Entry.CONFIRM, "")


@transaction.atomic
def dispute_member(member: Member, *, user, reason: str) -> None:
    """The member unit does not agree; the lead unit reads why."""
    if not reason.strip():
        raise Refused(_("Say what is wrong, so that the lead unit can mend it."))
    _give_answer(member, user, Confirmation.DISPUTED, Entry.DISPUTE, reason.strip())


def _give_answer(member: Member, user, answer: Confirmation, entry: Entry, reason: str) -> None:
    seen = digest_of(member)
    consortium = lock(Consortium.objects).get(pk=member.consortium_id)
    allowed = acts_for_unit(user, member.unit_id)
    if not allowed:
        raise NotPermitted(allowed.reason)
    member = Member.objects.select_related("joined_by").get(pk=member.pk)
    member.consortium = consortium
    if not is_asked(member):
        raise Refused(NOT_ASKED)
    if digest_of(member) != seen:
        raise Conflict(_("The lead unit just changed your part: please read it again."))
    member.confirmation = answer
    member.confirmed_digest = seen
    member.answered_by, member.answered_at = user, timezone.now()
    member.dispute_reason = reason
    member.save()
    event = record(consortium, entry, user, reason, member=member.name)
    announce_entry(event, entry)
