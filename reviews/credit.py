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
from filings.casework import What, enter
from filings.database import lock
from filings.models import (
    ChangeDuty,
    Consortium,
    CreditCase,
    CreditFile,
    CreditRecord,
    Policy,
)
from filings.notifications import ask_for_change
from filings.permissions import Answer, acts_for_unit
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Status
from filings.workdays import add_workdays
from reviews import notifications, papers
from reviews.permissions import may_add_evidence, may_decide, may_open_case, may_propose

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
    files=(),
) -> CreditCase:
    """Open a case and ask the unit for its side, which it may state for `statement_days` of the
    policy, in working days. Raises NotPermitted, Refused for a unit that has no part in it, and
    ValidationError for an unfit file."""
    require(may_open_case(user, consortium))
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
        statement_due_on=_end_of_statement(),
    )
    kept = papers.keep(case, user=user, kind=CreditFile.Kind.EVIDENCE, uploads=files)
    enter(case, What.OPENED, user, facts, files=papers.names_of(kept))
    notifications.case_opened(case)
    return case


@transaction.atomic
def add_evidence(case: CreditCase, *, user, reason: str, files) -> CreditCase:
    """Add papers that the unit has not seen; its time to state its side begins anew.

    Raises NotPermitted once the unit has answered, ValidationError for an unfit file.
    """
    case = _locked(case)
    require(may_add_evidence(user, case))
    if not files:
        raise Refused(_("Choose the files first."))
    kept = papers.keep(case, user=user, kind=CreditFile.Kind.EVIDENCE, uploads=files)
    case.statement_due_on = _end_of_statement()
    case.save(update_fields=["statement_due_on"])
    event = enter(case, What.EVIDENCE, user, reason, files=papers.names_of(kept))
    notifications.evidence_added(case, event)
    return case


@transaction.atomic
def record_statement(case: CreditCase, *, user, text: str, files=()) -> CreditCase:
    """Keep what the unit says, once and until the case is decided. After the due day it still
    counts, and the history calls it late.

    Raises NotPermitted for people of other units, Refused when there is nothing to say it to,
    ValidationError for an unfit file.
    """
    case = _locked(case)
    require(acts_for_unit(user, case.unit_id))
    if case.outcome != Outcome.OPEN:
        raise Conflict(_("The case has been decided."))
    if case.stated_at:
        raise Conflict(_("The statement of your unit has been handed in already."))
    if not text.strip():
        raise Refused(_("Write your statement first."))
    case.statement, case.stated_at = text.strip(), timezone.now()
    case.save(update_fields=["statement", "stated_at"])
    kept = papers.keep(case, user=user, kind=CreditFile.Kind.STATEMENT, uploads=files)
    late = timezone.localdate() > case.statement_due_on
    enter(case, What.STATED, user, files=papers.names_of(kept), late=late)
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
    require(may_propose(user, case, timezone.localdate()))
    case.proposed_by, case.proposed_at = user, timezone.now()
    case.save(update_fields=["proposed_by", "proposed_at"])
    enter(case, What.PROPOSED, user)
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
    record: `valid_to` is its last day, or None until it is lifted. A running consortium of which
    it is a member must change.

    Raises NotPermitted, Conflict when somebody was quicker, Refused for what is missing.
    """
    case = _locked(case)
    if case.outcome != Outcome.OPEN:
        raise Conflict(
            _("%(who)s has decided this case: %(outcome)s.")
            % {"who": case.decided_by, "outcome": case.get_outcome_display()}
        )
    require(may_decide(user, case))
    if outcome not in (Outcome.UPHELD, Outcome.DISMISSED):
        raise Refused(_("Choose whether the case is upheld or dismissed."))
    if not reason.strip():
        raise Refused(_("Give the reason: it goes to the unit and stays with the case."))
    case.outcome, case.decision_reason = outcome, reason.strip()
    case.decided_by, case.decided_at = user, timezone.now()
    case.save(update_fields=["outcome", "decision_reason", "decided_by", "decided_at"])
    enter(case, What(outcome), user, reason, decision_number=decision_number.strip())
    if outcome == Outcome.UPHELD:
        _enter_record(case, decision_number.strip(), valid_from, valid_to)
        _ask_for_change(case)
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


def _ask_for_change(case: CreditCase) -> None:
    """A member on record is to be replaced while the consortium runs, within the policy's days."""
    consortium = case.consortium
    present = consortium.members.present_on(timezone.localdate())
    member = present.filter(unit=case.unit_id).first()
    if member is None or consortium.state != Status.ACTIVE:
        return
    days = Policy.objects.in_force().member_change_days
    due = add_workdays(timezone.localdate(), days)
    duty = ChangeDuty.objects.create(case=case, consortium=consortium, member=member, due_on=due)
    enter(case, What.DUTY, case.decided_by, due_on=due.isoformat())
    ask_for_change(duty)


def _end_of_statement() -> date:
    return add_workdays(timezone.localdate(), Policy.objects.in_force().statement_days)


def _locked(case: CreditCase) -> CreditCase:
    return lock(CreditCase.objects).get(pk=case.pk)


def require(answer: Answer) -> None:
    if not answer:
        raise NotPermitted(answer.reason)
