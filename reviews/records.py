"""What comes after an upheld case: the record corrected or lifted, the duty closed (clause 5.3).

Nothing is overwritten in silence: what a record said before stays in the history of its case.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.casework import What, enter
from filings.database import lock
from filings.models import ChangeDuty, CreditRecord
from filings.notifications import duty_was_closed
from filings.refusals import Conflict, Refused
from reviews import notifications
from reviews.credit import require
from reviews.permissions import may_close_duty, may_correct, may_lift

CORRECTABLE = ("decision_number", "legal_basis", "valid_from", "valid_to")


@transaction.atomic
def correct_record(record: CreditRecord, *, user, reason: str, **values) -> CreditRecord:
    """Put right what was entered wrongly (`CORRECTABLE`); the history keeps what stood there.

    Raises NotPermitted, Refused without a reason, without a difference, or with a wrong one.
    """
    record = lock(CreditRecord.objects).get(pk=record.pk)
    require(may_correct(user, record))
    _ask_reason(reason)
    before = {name: getattr(record, name) for name in CORRECTABLE}
    after = before | {name: values[name] for name in CORRECTABLE if name in values}
    changed = [name for name in CORRECTABLE if before[name] != after[name]]
    if not changed:
        raise Refused(_("Nothing was changed."))
    if not (after["decision_number"] and after["legal_basis"] and after["valid_from"]):
        raise Refused(_("A record needs the number of the decision and the day it begins."))
    if after["valid_to"] and after["valid_to"] < after["valid_from"]:
        raise Refused(_("The record would end before it begins."))
    for name in changed:
        setattr(record, name, after[name])
    record.save(update_fields=changed)
    corrected = {name: [_plain(before[name]), _plain(after[name])] for name in changed}
    event = enter(record.case, What.CORRECTED, user, reason, corrected=corrected)
    notifications.record_corrected(record, event)
    return record


@transaction.atomic
def lift_record(record: CreditRecord, *, user, reason: str) -> CreditRecord:
    """End a record before its time (credit repair): from today it blocks nothing.

    Raises NotPermitted, Conflict when it was lifted meanwhile, Refused without a reason.
    """
    record = lock(CreditRecord.objects).get(pk=record.pk)
    if record.lifted_on:
        raise Conflict(_("%(who)s has lifted this record already.") % {"who": record.lifted_by})
    require(may_lift(user, record))
    _ask_reason(reason)
    record.lifted_on, record.lifted_reason = timezone.localdate(), reason.strip()
    record.lifted_by = user
    record.save(update_fields=["lifted_on", "lifted_reason", "lifted_by"])
    enter(record.case, What.LIFTED, user, reason)
    notifications.record_lifted(record)
    return record


@transaction.atomic
def close_duty(duty: ChangeDuty, *, user, reason: str) -> ChangeDuty:
    """Ask no longer for the change of a member, for a reason that the lead unit reads.

    Raises NotPermitted when it is done or closed already, Refused without a reason.
    """
    duty = lock(ChangeDuty.objects).get(pk=duty.pk)
    require(may_close_duty(user, duty))
    if not reason.strip():
        raise Refused(_("Give the reason: the lead unit reads it and it stays with the case."))
    duty.closed_by, duty.closed_at = user, timezone.now()
    duty.closed_reason = reason.strip()
    duty.save(update_fields=["closed_by", "closed_at", "closed_reason"])
    enter(duty.case, What.DUTY_CLOSED, user, reason)
    duty_was_closed(duty)
    return duty


def _ask_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason: it goes to the unit and stays with the record."))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
