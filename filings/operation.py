"""Objections to what is published (the bureau's procedure): taken once, answered once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.documents import inspect
from filings.history import record
from filings.models import Consortium, Objection
from filings.notifications import announce_entry
from filings.refusals import Conflict, Refused
from filings.states import Entry


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
