"""What happens around a running or published consortium: changes (clause 5.3) and objections."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.attachments import file_under, taken_in
from filings.casework import fulfil_duties
from filings.database import lock
from filings.documents import inspect
from filings.history import record
from filings.models import Change, ChangeKind, Consortium, DocumentKind, Member, Objection
from filings.notifications import announce_entry
from filings.permissions import acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Entry, Status


def report_change(
    consortium: Consortium,
    *,
    user,
    kind: str,
    description: str,
    reason: str,
    effective_on: date,
    upload,
    member: Member | None = None,
) -> Change:
    """Report a change during operation with its supplementary agreement (clause 5.3).

    It needs no approval. Raises NotPermitted for others than the lead unit, Refused when the
    consortium does not run, ValidationError for the document or the day.
    """
    with taken_in(upload) as document:
        consortium = lock(Consortium.objects).get(pk=consortium.pk)
        answer = acts_for_unit(user, consortium.lead_unit_id)
        if not answer:
            raise NotPermitted(answer.reason)
        _refuse_unfit(consortium, kind, effective_on, member)
        kind_of_paper = DocumentKind.SUPPLEMENTARY_AGREEMENT
        file_under(document, consortium, user=user, kind=kind_of_paper)
        change = Change.objects.create(
            consortium=consortium,
            kind=kind,
            description=description,
            reason=reason,
            effective_on=effective_on,
            member=member,
            supplementary_agreement=document,
            reported_by=user,
        )
        event = record(consortium, Entry.CHANGE, user, description, change=change.pk, kind=kind)
        announce_entry(event, Entry.CHANGE)
        if member:
            fulfil_duties(change)
        return change


def _refuse_unfit(
    consortium: Consortium, kind: str, effective_on: date, member: Member | None
) -> None:
    if consortium.state != Status.ACTIVE:
        raise Refused(_("Changes are reported while the consortium is running."))
    if not consortium.starts_on <= effective_on <= consortium.ends_on:
        raise ValidationError({"effective_on": _("The day must lie within the term.")})
    if member and (kind != ChangeKind.MEMBERS or member.consortium_id != consortium.pk):
        raise ValidationError({"member": _("Only a change of the members concerns a member.")})


def note_change(change: Change, *, user) -> None:
    """The bureau takes note; only the first to do so is kept."""
    Change.objects.filter(pk=change.pk, noted_at__isnull=True).update(
        noted_by=user, noted_at=timezone.now()
    )


@transaction.atomic
def receive_objection(
    consortium: Consortium, *, objector: str, contact: str, text: str, upload=None, user=None
) -> Objection:
    """Take an objection during the public notice, with a file that proves it or without.

    Raises Refused before and after the notice, ValidationError for an unfit file.
    """
    found = inspect(upload) if upload else None
    consortium = lock(Consortium.objects).get(pk=consortium.pk)
    if not consortium.is_noticed_on(timezone.localdate()):
        raise Refused(_("Objections are taken while the public notice runs."))
    objection = Objection.objects.create(
        consortium=consortium,
        objector=objector,
        contact=contact,
        text=text,
        file=upload or "",
        original_name=found.name if found else "",
        sha256=found.sha256 if found else "",
    )
    event = record(consortium, Entry.OBJECTION, user, objection=objection.pk)
    announce_entry(event, Entry.OBJECTION)
    return objection


@transaction.atomic
def close_objection(objection: Objection, *, user, answer: str, outcome: str) -> Objection:
    """Answer an objection, once, as upheld or not; what was upheld can't be filed any more.

    Raises Refused without an answer or an outcome, Conflict when it was closed.
    """
    if outcome not in Objection.Outcome.values:
        raise Refused(_("Say whether the objection is upheld."))
    if not answer.strip():
        raise Refused(_("An objection is closed with an answer."))
    consortium = lock(Consortium.objects).get(pk=objection.consortium_id)
    objection.refresh_from_db()
    if objection.closed_at:
        raise Conflict(_("%(who)s already answered it.") % {"who": objection.closed_by})
    objection.answer, objection.closed_by = answer.strip(), user
    objection.outcome = outcome
    objection.closed_at = timezone.now()
    objection.save()
    record(
        consortium,
        Entry.OBJECTION_CLOSED,
        user,
        objection.answer,
        objection=objection.pk,
        outcome=outcome,
    )
    return objection
