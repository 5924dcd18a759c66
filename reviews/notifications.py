"""Who is told what by the bureau's desk: an officer who is given a filing; the unit of a credit
case at every step, and the officer whose turn it is."""

from django.contrib.auth import get_user_model
from django.urls import reverse

from accounts.models import Unit
from accounts.roles import Role
from filings.models import CreditCase, CreditEvent, CreditRecord, Event
from filings.notifications import officers
from notices.services import notify
from reviews.models import ExpertInvitation


def assigned(event: Event, officer) -> None:
    consortium = event.consortium
    notify(
        [officer],
        key=f"event:{event.pk}",
        kind="filing_assigned",
        context={"name": consortium.name, "lead": consortium.lead_unit.name, "who": event.actor},
        url=reverse("admin:filings_consortium_change", args=[consortium.pk]),
    )


def people_of(unit: Unit):
    return get_user_model().objects.filter(memberships__unit=unit, is_active=True)


def case_opened(case: CreditCase) -> None:
    _tell_unit(case, "credit_case_opened")


def evidence_added(case: CreditCase, event: CreditEvent) -> None:
    _tell_unit(case, "credit_case_evidence", event=event)


def case_stated(case: CreditCase) -> None:
    _tell_officers(case, "credit_case_stated", Role.REVIEWER)


def case_proposed(case: CreditCase) -> None:
    _tell_officers(case, "credit_case_proposed", Role.DECIDER)


def case_decided(case: CreditCase) -> None:
    _tell_unit(case, f"credit_case_{case.outcome}")


def record_corrected(record: CreditRecord, event: CreditEvent) -> None:
    _tell_unit(record.case, "credit_record_corrected", event=event, reason=event.reason)


def record_lifted(record: CreditRecord) -> None:
    _tell_unit(record.case, "credit_record_lifted", reason=record.lifted_reason)


def _tell_unit(case: CreditCase, kind: str, event: CreditEvent | None = None, **more) -> None:
    """Tell it once; `event` is the entry of what may happen more than once in a case."""
    notify(
        people_of(case.unit),
        key=f"{kind}:{case.pk}:{event.pk}" if event else f"{kind}:{case.pk}",
        kind=kind,
        context=_context(case) | more,
        url=reverse("reviews:case", args=[case.pk]),
    )


def _tell_officers(case: CreditCase, kind: str, role: Role) -> None:
    notify(
        officers(role),
        key=f"{kind}:{case.pk}",
        kind=kind,
        context=_context(case),
        url=reverse("admin:filings_creditcase_change", args=[case.pk]),
    )


def _context(case: CreditCase) -> dict:
    return {
        "unit": case.unit.name,
        "name": case.consortium.name,
        "due_on": case.statement_due_on,
        "legal_basis": case.legal_basis,
        "reason": case.decision_reason,
    }


def expert_has_conflict(invitation: ExpertInvitation) -> None:
    _tell_who_asked(invitation, "expert_conflict")


def expert_handed_in(invitation: ExpertInvitation) -> None:
    _tell_who_asked(invitation, "expert_submitted")


def _tell_who_asked(invitation: ExpertInvitation, kind: str) -> None:
    found = invitation.round
    notify(
        [found.opened_by],
        key=f"{kind}:{invitation.pk}",
        kind=kind,
        context={
            "expert": invitation.expert.name,
            "name": found.consortium.name,
            "reason": invitation.conflict,
        },
        url=reverse("admin:reviews_expertround_change", args=[found.pk]),
    )
