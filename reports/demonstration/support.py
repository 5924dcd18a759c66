"""Requests for support in different states, of consortia whose reports are in."""

from decimal import Decimal

from django.utils import timezone

from accounts.models import Unit
from filings.models import Consortium
from filings.states import Status as ConsortiumStatus
from reports.models import AnnualReport, SupportRequest
from reports.states import Status as ReportStatus
from reports.support.kinds import CONTACT, MEASURES, Kind
from reports.support.services import begin, save_request
from reports.support.states import MOVES, Action, Actor
from reports.support.transitions import perform

TEXT = "围绕产业化中急需解决的关键核心技术问题，联合产业链上下游企业和高校院所开展攻关，指标可考核、可验证，成果在本市企业率先应用。"
VALUES = {
    "programme": "省重大科技计划", "funds": Decimal("500.00"), "own_funds": Decimal("900.00"), "months": 18,
    "level": "national", "talent_kind": "young", "person_name": "子示例",
    "person_post": "示例江东理工大学 研究员", "money_kind": "loan", "institution": "示例银行南京分行",
    "consent": True, "contact_name": "甲示例", "contact_phone": "025-00000000",
}  # fmt: skip
REASONS = {
    Action.RETURN: "请补充考核指标的测算依据，并附经费预算说明。",
    Action.ASSESS: "技术路线清晰，牵头单位研发投入强度较高，建议支持。",
    Action.FORWARD: "省人才工作主管部门",
}
RESULT = {"result_number": "2026-JB-018", "result_amount": Decimal("300.00")}
SENT = (Action.SUBMIT,)
PUT_UP = (*SENT, Action.ASSESS)
# kind, title, the way it went
SCRIPT = (
    (Kind.TASK, "高精度谐波减速器长寿命齿形设计与验证", (*PUT_UP, Action.RECOMMEND, Action.GRANT)),
    (Kind.CITY_PROJECT, "工业控制器国产化替代与产线验证", SENT),
    (Kind.PROVINCIAL_PROJECT, "面向整机的核心部件可靠性提升", PUT_UP),
    (Kind.PROVINCIAL_CONSORTIUM, "江苏省示例智能装备创新联合体", (*PUT_UP, Action.RECOMMEND)),
    (Kind.TALENT_PLAN, "国家级青年科技人才计划", (*PUT_UP, Action.FORWARD)),
    (Kind.FINANCING, "中试产线建设流动资金", (*PUT_UP, Action.RECOMMEND)),
    (Kind.TALENT_JOINT, "减速器可靠性人才攻关联合体", (*SENT, Action.RETURN)),
    (Kind.TASK, "减速器在线检测方法", ()),
)


def build_support(people) -> None:
    """What the unit of the demonstration's lead asks, one request after the other."""
    consortium = _with_reports_in(people["lead"])
    if consortium is None:
        return
    unit = Unit.objects.get(pk=consortium.lead_unit_id)
    for kind, title, way in SCRIPT:
        found = begin(user=people["lead"], consortium=consortium, unit=unit, kind=kind)
        save_request(found.pk, user=people["lead"], fields=_fields(kind, title, consortium))
        for action in way:
            _move(found, action, people)


def _with_reports_in(lead) -> Consortium | None:
    """A running consortium of the person's unit that owes no report."""
    today = timezone.localdate()
    owing = AnnualReport.objects.exclude(status=ReportStatus.ACCEPTED).values("consortium")
    running = Consortium.objects.led_by(lead).in_state(ConsortiumStatus.ACTIVE, today)
    return running.exclude(pk__in=owing).order_by("pk").first()


def _fields(kind: str, title: str, consortium: Consortium) -> dict:
    fields = {name: VALUES.get(name, TEXT) for name in (*MEASURES[kind].fields, *CONTACT)}
    if "members" in fields:
        fields["members"] = [member.pk for member in consortium.members.all()[:2]]
    return fields | {"title": title}


def _move(found: SupportRequest, action: Action, people) -> None:
    found.refresh_from_db()
    roles = MOVES[action].who[found.status]
    actor = people["lead"] if Actor.ASKER in roles else _officer(people, roles[0])
    result = RESULT | {"result_year": timezone.localdate().year}
    reason = REASONS.get(action, "")
    perform(found.pk, action, actor=actor, reason=reason, result=result)


def _officer(people, role: str):
    return people[
        {"intake_officer": "intake", "reviewing_officer": "reviewer"}.get(role, "decider")
    ]
