"""What gathers around a credit case, for tests: its papers, and what it asks of a consortium."""

from datetime import date

from django.utils import timezone

from filings.models import ChangeDuty, CreditCase, CreditFile
from reviews import credit, papers
from tests.factories import pdf_upload

CHARGE = {
    "stage": "reporting",
    "facts": "年度报告中的投入金额与审计报告不符。",
    "evidence": "审计报告第12页；银行流水。",
    "legal_basis": "科学技术活动违规行为调查处理规定第九条",
}
UPHELD = {
    "outcome": "upheld",
    "reason": "事实清楚，证据确凿。",
    "decision_number": "宁科信决〔2026〕2号",
    "valid_from": date(2026, 11, 1),
}


def opened(consortium, user, unit=None) -> CreditCase:
    """A case against the lead unit, or against `unit`."""
    return credit.open_case(
        user=user, unit=unit or consortium.lead_unit, consortium=consortium, **CHARGE
    )


def upheld(case: CreditCase, speaker, proposer, decider) -> CreditCase:
    """`speaker` states the side of the unit, and two officers carry the case to its end."""
    credit.record_statement(case, user=speaker, text="系笔误。")
    credit.propose(case, user=proposer)
    return credit.decide(case, user=decider, **UPHELD)


def what_happened(case: CreditCase) -> list[str]:
    return [str(event.action) for event in case.events.all()]


def duty_of(case: CreditCase) -> ChangeDuty:
    """What an upheld case against a member asks of its consortium."""
    member = case.consortium.members.get(unit=case.unit_id)
    return ChangeDuty.objects.create(
        case=case, consortium=case.consortium, member=member, due_on=timezone.localdate()
    )


def paper_of(case: CreditCase) -> CreditFile:
    """A paper of the evidence of a case."""
    return papers.keep(case, user=case.opened_by, kind="evidence", uploads=[pdf_upload()])[0]
