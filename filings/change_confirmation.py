"""What the members say to a change that concerns them, before it is reported (clauses 3.2, 5.3).

A unit that joins confirms its part as in a filing (`filings.confirmation`).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.change_content import asked_to_confirm, digest_of
from filings.change_states import ChangeStatus
from filings.confirmation import invite
from filings.database import lock
from filings.history import record
from filings.models import Change, ChangeConfirmation, ChangeKind, Confirmation, Consortium
from filings.notifications import announce_change, ask_about_change
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Entry


def ask_members(change: Change) -> None:
    """Ask those that a change concerns; an answer to the very same change stands. The change and
    its consortium are locked."""
    digest, asked = digest_of(change), asked_to_confirm(change)
    change.confirmations.exclude(member__in=asked).delete()
    rows = {row.member_id: row for row in change.confirmations.all()}
    waiting = []
    for member in asked:
        row = rows.get(member.pk) or ChangeConfirmation(change=change, member=member)
        if row.pk is None or row.digest != digest:
            row.answer, row.digest, row.reason = Confirmation.PENDING, digest, ""
            row.answered_by = row.answered_at = None
            row.save()
        if row.answer != Confirmation.CONFIRMED:
            waiting.append(member)
    ask_about_change(change, waiting)
    if change.kind == ChangeKind.JOIN and change.member.confirmation != Confirmation.CONFIRMED:
        change.member.consortium = change.consortium
        invite(change.member)


@transaction.atomic
def answer_change(
    asked: ChangeConfirmation, *, user, seen: str, answer: str, reason: str = ""
) -> None:
    """A member confirms a change or disputes it, with a reason that the lead unit reads; `seen` is
    the fingerprint of what was read.

    Raises NotPermitted for others than the member's people, Refused while nothing is asked,
    Conflict when the change was edited since it was read.
    """
    change, member, reason = asked.change, asked.member, reason.strip()
    if answer == Confirmation.DISPUTED and not reason:
        raise Refused(_("Say what is wrong, so that the lead unit can mend it."))
    consortium = lock(Consortium.objects.for_list()).get(pk=change.consortium_id)
    allowed = acts_for_unit(user, member.unit_id)
    if not allowed:
        raise NotPermitted(allowed.reason)
    change = lock(Change.objects).get(pk=change.pk)
    change.consortium = consortium
    row = change.confirmations.filter(member=member).first()
    if row is None or change.status != ChangeStatus.AWAITING:
        raise Refused(_("Nothing is asked of you about this change now."))
    if digest_of(change) != seen or row.digest != seen:
        raise Conflict(_("The lead unit just changed it: please read it again."))
    row.answer, row.reason = answer, reason
    row.answered_by, row.answered_at = user, timezone.now()
    row.save()
    disputed = answer == Confirmation.DISPUTED
    entry = Entry.CHANGE_DISPUTED if disputed else Entry.CHANGE_CONFIRMED
    event = record(consortium, entry, user, reason, member=member.name, change=change.pk)
    announce_change(event, change)
