"""The credit case (clause 5.3): serious dishonesty is named with its evidence, the unit states its
side, one officer puts the case up for decision, another decides. Upheld, it becomes a record that
blocks new filings of the unit, and the ground on which a consortium it leads may be revoked.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from filings.database import lock
from filings.models import Consortium, CreditCase, CreditRecord, Policy
from filings.permissions import Answer, acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.workdays import add_workdays
from reviews import notifications
from reviews.permissions import may_decide, may_lift, may_open_case, may_propose

Outcome = CreditCase.Outcome


def units_of(consortium: Consortium) -> QuerySet[Unit]:
    """The units whose dishonesty can be a case of this consortium: the lead and all members."""
    return Unit.objects.filter(
        Q(pk=consortium.lead_unit_id) | Q(pk__in=consortium.members.values("unit_id"))
    )


@transaction.atomic
def open_case(
    *,
    user,
    unit: Unit,
    consortium: Consortium,
    stage: str,
    facts: str,
    evidence: str,
    legal_basis: str,
) -> CreditCase:
    """Open a case and ask the unit for its side, which it may state for `statement_days` of the
    policy, in working days. Raises NotPermitted, or Refused for a unit that has no part in it."""
    _require(may_open_case(user, consortium))
    if not units_of(consortium).filter(pk=unit.pk).exists():
        raise Refused(_("This unit has no part in the consortium."))
    if not all(text.strip() for text in (facts, evidence, legal_basis)):
        raise Refused(_("A case needs the facts, the evidence and the legal basis."))
    case = CreditCase.objects.create(
        unit=unit,
        consortium=consortium,
        stage=stage,
        facts=facts.strip(),
        evidence=evidence.strip(),
        legal_basis=legal_basis.strip(),
        opened_by=user,
        statement_due_on=add_workdays(
            timezone.localdate(), Policy.objects.in_force().statement_days
        ),
    )
    notifications.case_opened(case)
    return case


@transaction.atomic
def record_statement(case: CreditCase, *, user, text: str) -> CreditCase:
    """Keep what the unit says, once and until the case is decided, also after the due day.

    Raises NotPermitted for people of other units, Refused when there is nothing to say it to.
    """
    case = _locked(case)
    _require(acts_for_unit(user, case.unit_id))
    if case.outcome != Outcome.OPEN:
        raise Conflict(_("The case has been decided."))
    if case.stated_at:
        raise Conflict(_("The statement of your unit has been handed in already."))
    if not text.strip():
        raise Refused(_("Write your statement first."))
    case.statement, case.stated_at = text.strip(), timezone.now()
    case.save(update_fields=["statement", "stated_at"])
    notifications.case_stated(case)
    return case


@transaction.atomic
def propose(case: CreditCase, *, user) -> CreditCase:
    """Put the case up for decision. Raises NotPermitted while the unit still has time to speak."""
    case = _locked(case)
    if case.proposed_at:
        raise Conflict(
            _("%(who)s has put this case up for decision already.") % {"who": case.proposed_by}
        )
    _require(may_propose(user, case, timezone.localdate()))
    case.proposed_by, case.proposed_at = user, timezone.now()
    case.save(update_fields=["proposed_by", "proposed_at"])
    notifications.case_proposed(case)
    return case


@transaction.atomic
def decide(
    case: CreditCase,
    *,
    user,
    outcome: str,
    reason: str,
    decision_number: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> CreditCase:
    """Uphold or dismiss, by another person than the one who proposed. Upheld, the unit gets its
    record: `valid_to` is its last day, or None until it is lifted.

    Raises NotPermitted, Conflict when somebody was quicker, Refused for what is missing.
    """
    case = _locked(case)
    if case.outcome != Outcome.OPEN:
        raise Conflict(
            _("%(who)s has decided this case: %(outcome)s.")
            % {"who": case.decided_by, "outcome": case.get_outcome_display()}
        )
    _require(may_decide(user, case))
    if outcome not in (Outcome.UPHELD, Outcome.DISMISSED):
        raise Refused(_("Choose whether the case is upheld or dismissed."))
    if not reason.strip():
        raise Refused(_("Give the reason: it goes to the unit and stays with the case."))
    case.outcome, case.decision_reason = outcome, reason.strip()
    case.decided_by, case.decided_at = user, timezone.now()
    case.save(update_fields=["outcome", "decision_reason", "decided_by", "decided_at"])
    if outcome == Outcome.UPHELD:
        _enter_record(case, decision_number.strip(), valid_from, valid_to)
    notifications.case_decided(case)
    return case


def _enter_record(case, decision_number, valid_from, valid_to) -> None:
    if not decision_number or valid_from is None:
        raise Refused(_("A record needs the number of the decision and the day it begins."))
    if valid_to is not None and valid_to < valid_from:
        raise Refused(_("The record would end before it begins."))
    CreditRecord.objects.create(
        unit_id=case.unit_id,
        case=case,
        decision_number=decision_number,
        legal_basis=case.legal_basis,
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def lift_record(record: CreditRecord, *, user, reason: str) -> CreditRecord:
    """End a record before its time (credit repair): from today it blocks nothing.

    Raises NotPermitted, Conflict when it was lifted meanwhile, Refused without a reason.
    """
    record = lock(CreditRecord.objects).get(pk=record.pk)
    if record.lifted_on:
        raise Conflict(_("%(who)s has lifted this record already.") % {"who": record.lifted_by})
    _require(may_lift(user, record))
    if not reason.strip():
        raise Refused(_("Give the reason: it goes to the unit and stays with the record."))
    record.lifted_on, record.lifted_reason = timezone.localdate(), reason.strip()
    record.lifted_by = user
    record.save(update_fields=["lifted_on", "lifted_reason", "lifted_by"])
    notifications.record_lifted(record)
    return record


def _locked(case: CreditCase) -> CreditCase:
    return lock(CreditCase.objects).get(pk=case.pk)


def _require(answer: Answer) -> None:
    if not answer:
        raise NotPermitted(answer.reason)
