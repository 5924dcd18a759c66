"""Demonstration data of the bureau's desk: expert scores, and a credit case with its papers."""

from datetime import date, datetime, time, timedelta
from secrets import token_urlsafe

from django.utils import timezone

from filings.casework import What
from filings.history import record
from filings.models import (
    Consortium,
    CreditCase,
    CreditEvent,
    CreditFile,
    CreditRecord,
    Document,
    ExpertReview,
    Policy,
)
from filings.states import Entry, Status
from filings.term import last_day
from filings.workdays import add_workdays
from reviews.expert_invitations import declare, digest_of, save_scores
from reviews.models import Expert, ExpertCriterion, ExpertInvitation, ExpertRound

CRITERIA = (
    ("创新性", "关键技术的先进程度、自主可控程度", 40),
    ("可行性", "技术路线、条件与进度安排", 35),
    ("协同机制", "分工、组织与收益分配", 25),
)
# name, unit, title, points in the order of the criteria or the conflict declared, opinion
EXPERTS = (
    ("子演示", "示例长三角装备研究所", "研究员", (88, 84, 80), "路线清晰，量产验证安排宜再细化。"),
    ("丑示例", "样板海河理工大学", "教授", (82, 76, 85), "基础扎实，建议补充可靠性指标。"),
    ("寅样本", "虚拟江淮检测中心", "正高级工程师", "三年前曾为牵头单位提供检测服务。", ""),
)
FACTS = "经核查，报送的研发投入数据与审计结果严重不符。"
STATEMENT = "我单位承认数据填报有误，已按审计结果整改。"
DECISION = "情节严重，予以认定。"
# The steps of the case, and how many days before the consortium was revoked each was taken.
STEPS = {What.OPENED: 30, What.STATED: 12, What.PROPOSED: 9, What.UPHELD: 1, What.REVOKED: 0}


def build_experts(people, today: date) -> None:
    """Three experts were asked about a filing under review: two scored it, one had a conflict."""
    consortium = Consortium.objects.filter(status=Status.UNDER_REVIEW).order_by("pk").first()
    if consortium is None:
        return
    policy = Policy.objects.in_force(today)
    policy.expert_review, policy.experts_needed = ExpertReview.ADVISED, 2
    policy.save(update_fields=["expert_review", "experts_needed"])
    criteria = [
        ExpertCriterion.objects.create(policy=policy, name=name, hint=hint, weight=weight)
        for name, hint, weight in CRITERIA
    ]
    found = ExpertRound.objects.create(
        consortium=consortium, submission=consortium.submissions.last(), policy=policy,
        opened_by=people["reviewer"],
    )  # fmt: skip
    record(consortium, Entry.EXPERTS, people["reviewer"], round=found.pk, asked=len(EXPERTS))
    for number, (name, unit, title, said, opinion) in enumerate(EXPERTS, 1):
        expert = Expert.objects.create(
            name=name, unit=unit, title=title, email=f"expert{number}@example.com"
        )
        expert.fields.add(consortium.focus_field)
        invitation = ExpertInvitation.objects.create(
            round=found, expert=expert, token_digest=digest_of(token_urlsafe(32)),
            mailed_at=timezone.now(), expires_on=add_workdays(today, policy.expert_days),
        )  # fmt: skip
        invitation = declare(invitation, conflict=said if isinstance(said, str) else "")
        if not invitation.conflict:
            points = zip(criteria, said, strict=True)
            scores = {criterion.pk: (given, "") for criterion, given in points}
            save_scores(invitation, scores=scores, opinion=opinion, hand_in=True)


def build_credit_case(people) -> None:
    """The revoked consortium's case with its papers, decided by two people, and its record."""
    consortium = Consortium.objects.filter(status=Status.REVOKED).order_by("pk").first()
    if consortium is None:
        return
    day = consortium.ended_on
    came = {what: _at(day - timedelta(days=days)) for what, days in STEPS.items()}
    case = CreditCase.objects.create(
        unit=consortium.lead_unit, consortium=consortium, stage=CreditCase.Stage.OPERATION,
        facts=FACTS, evidence="专项核查记录与审计报告。",
        legal_basis="科学技术活动违规行为调查处理规定", opened_by=people["reviewer"],
        opened_at=came[What.OPENED], statement_due_on=day - timedelta(days=10),
        statement=STATEMENT, stated_at=came[What.STATED], proposed_by=people["reviewer"],
        proposed_at=came[What.PROPOSED], decided_by=people["decider"],
        decided_at=came[What.UPHELD], outcome=CreditCase.Outcome.UPHELD,
        decision_reason=DECISION, revoked_by=people["decider"],
    )  # fmt: skip
    CreditRecord.objects.create(
        unit=case.unit, case=case, decision_number=f"宁科信决〔{day.year}〕1号",
        legal_basis=case.legal_basis, valid_from=day, valid_to=last_day(day, 36),
    )  # fmt: skip
    kinds = CreditFile.Kind
    evidence = _papers(case, kinds.EVIDENCE, people["reviewer"], "专项核查记录.pdf", "审计报告.pdf")
    statement = _papers(case, kinds.STATEMENT, people["lead"], "情况说明.pdf")
    CreditEvent.objects.bulk_create(
        CreditEvent(
            case=case, action=what, actor=people[who], at=came[what], reason=reason, data=data
        )
        for what, who, reason, data in (
            (What.OPENED, "reviewer", FACTS, {"files": evidence}),
            (What.STATED, "lead", "", {"files": statement, "late": False}),
            (What.PROPOSED, "reviewer", "", {}),
            (What.UPHELD, "decider", DECISION, {}),
            (What.REVOKED, "decider", "", {}),
        )
    )


def _papers(case: CreditCase, kind: str, user, *names: str) -> list[str]:
    """Papers of a case, each the demonstration's one sheet; returns their names."""
    sheet = Document.objects.first()
    CreditFile.objects.bulk_create(
        CreditFile(
            case=case, kind=kind, file=sheet.file.name, original_name=name, size=sheet.size,
            pages=sheet.pages, sha256=sheet.sha256, uploaded_by=user,
        )
        for name in names
    )  # fmt: skip
    return list(names)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(15)))
