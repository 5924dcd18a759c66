"""Two calls with reports of every kind."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from filings.models import Document, Policy, ReportGrade
from filings.workdays import is_workday
from reports.calls import owed_by
from reports.checks import findings_of
from reports.models import (
    AnnualReport,
    PlanMilestone,
    ReportCall,
    ReportComment,
    ReportDocument,
    ReportEvent,
)
from reports.parts import Part
from reports.places import place_of
from reports.prefill import prefill
from reports.states import Action, Status
from reports.submissions import freeze

TEXT = "本年度按计划推进：理事会召开四次会议，各成员单位分工明确，研发与验证任务有序开展，经费使用符合协议约定。"
NOTICE = """各市级创新联合体牵头单位：

按照《南京市级创新联合体备案建设工作指引》要求，现就报送{year}年度运行情况总结报告有关事项通知如下。

一、报送范围：{year}年度内处于建设期、目前仍在运行的创新联合体。
二、报送内容：建设总体情况、合作单位和研发项目进展、运营团队建设、资金投入使用和收益分配、攻关项目整体进展、人才培养、下年度工作计划。
三、报送方式：由牵头单位通过本平台在线填报，各成员单位填写并确认本单位部分。

请各单位如实、按期报送。"""
# As a bureau may call them; the guideline names none.
GRADES = (("excellent", "优秀"), ("good", "良好"), ("passed", "合格"))
KINDS = ("accepted", "submitted", "returned", "draft", "untouched")
MOST = 200  # reports are for looking at; lists are tested with the consortia themselves


def build_reports(people, today: date) -> None:
    """The call of this year with reports in every state, and last year's, all but one accepted."""
    ReportGrade.objects.bulk_create(
        ReportGrade(policy=Policy.objects.in_force(today), order=order, code=code, name=name)
        for order, (code, name) in enumerate(GRADES, start=1)
    )
    for reporting_year in (today.year - 2, today.year - 1):
        year = reporting_year + 1
        opens_on = min(date(year, 3, 2), today)
        due_on = date(year, 12, 30)
        while not is_workday(due_on):
            due_on -= timedelta(days=1)
        opened = timezone.now()
        call = ReportCall.objects.create(
            reporting_year=reporting_year, plan_year=year + 1, opens_on=opens_on,
            due_on=max(due_on, opens_on), title=f"关于报送{reporting_year}年度创新联合体运行情况总结报告的通知",
            text=NOTICE.format(year=reporting_year), published_at=opened, published_by=people["decider"],
            opened_at=opened,
        )  # fmt: skip
        owed = owed_by(call, today).select_related("lead_unit").order_by("pk")[:MOST]
        for number, consortium in enumerate(owed):
            past = reporting_year < today.year - 1
            kind = "accepted" if past and number else KINDS[number % len(KINDS)]
            _report(call, consortium, "untouched" if past and number == 3 else kind, people)


def _report(call, consortium, kind: str, people) -> None:
    status = Status.DRAFT if kind == "untouched" else Status(kind)
    came = timezone.now() if kind in ("accepted", "submitted", "returned") else None
    filled = {} if kind == "untouched" else _content(consortium.pk)
    code, name = GRADES[consortium.pk % len(GRADES)]
    grade = {"grade": code, "grade_name": name} if kind == "accepted" else {}
    report = AnnualReport.objects.create(
        call=call, consortium=consortium, status=status, submitted_at=came,
        first_submitted_at=came, submitted_by=people["lead"] if came else None,
        accepted_at=came if kind == "accepted" else None, **grade,
        correction_due_on=timezone.localdate() + timedelta(days=7) if kind == "returned" else None,
        **filled,
    )  # fmt: skip
    prefill(report)
    if filled:
        _fill_rows(report, people)
        _attach(report, people)
    if came is None:
        return
    policy = Policy.objects.in_force()
    findings = findings_of(report, policy)
    freeze(report, actor=people["lead"], signed_name="甲示例", findings=findings, policy=policy)
    moves = [(Action.SUBMIT, "draft", "submitted", "lead")]
    if kind in ("accepted", "returned"):
        moves.append(
            (Action.ACCEPT if kind == "accepted" else Action.RETURN, "submitted", kind, "reviewer")
        )
    ReportEvent.objects.bulk_create(
        ReportEvent(
            report=report,
            action=a,
            actor=people[who],
            at=came,
            from_status=f,
            to_status=t,
            data={"grade": name} if a == Action.ACCEPT else {},
        )
        for a, f, t, who in moves
    )
    if kind == "returned":
        _ask(report, people["reviewer"], came)


def _ask(report: AnnualReport, officer, sent_at) -> None:
    """What a return asks for: at a part, at a row's field, at rows, and at a field that was
    mended."""
    unit, milestone, project = (
        report.units.last(),
        report.milestones.first(),
        report.projects.first(),
    )
    asked = [
        {"part": "funds", "field": "own_funds", "text": "请核对投入与使用合计。"},
        {"part": "tasks", "text": "请逐项说明里程碑的完成依据。"},
        *(
            {"part": part, "field": place_of(row), "row": str(row), "text": text}
            for part, row, text in (
                ("cooperation", project, "请说明本项目与备案任务的对应关系。"),
                ("funds", unit, "请说明该单位经费投入的来源。"),
                ("tasks", milestone, "请附验收意见或检测报告。"),
            )
            if row
        ),
        {
            "part": "plan", "field": "plan_funds", "text": "请补充下年度经费测算依据。",
            "answer": "已按研发项目分项测算，并在计划中说明。", "answered_at": sent_at,
        },
    ]  # fmt: skip
    submission = report.submissions.last()
    ReportComment.objects.bulk_create(
        ReportComment(
            report=report, submission=submission, author=officer, sent_at=sent_at, **values
        )
        for values in asked
    )


def _fill_rows(report: AnnualReport, people) -> None:
    """Units, projects, milestones and plan of a report; every unit but the last has signed off."""
    rows = report.milestones
    due = Q(milestone__month__lte=18) | Q(milestone=None)
    rows.filter(due).update(state="reached", evidence="已通过验收。")
    rows.filter(state="").update(state="ahead")
    report.change_explanations.update(text="因任务增加增设技术委员会，已签补充协议。")
    units = list(report.units.all())
    for place, part in enumerate(units):
        for name, value in _unit(report.consortium_id + place).items():
            setattr(part, name, value)
        part.saved_at, part.saved_by = timezone.now(), people["lead"]
        if place and place < len(units) - 1:
            part.signed_at, part.signed_by = timezone.now(), people["lead"]
            part.signed_name = "甲示例"
        elif place:
            part.skipped_reason = "该单位正在办理名称变更，数据由牵头单位代为汇总。"
        part.save()
    # The team by kind is the team by unit, four people each.
    report.team_researchers = 4 * len(units) - report.team_managers - report.team_service
    report.save()
    report.projects.update(
        spent=Decimal(120), planned_percent=40, done_percent=40, result="完成样机试制与产线验证。"
    )
    year = report.call.reporting_year + 1
    PlanMilestone.objects.bulk_create(
        PlanMilestone(report=report, title=title, due_on=date(year, month, 28))
        for month, title in ((6, "完成中试"), (11, "完成产线验证"))
    )


def _attach(report: AnnualReport, people) -> None:
    """The agreement of the filing once more, as if it proved a milestone, and what a member spent."""
    paper = Document.objects.filter(consortium=report.consortium_id).first()
    placed = [(people["lead"], "任务验收意见.pdf", Part.TASKS, None)]
    for member in report.units.of_people(people["member"]).exclude(member=None):
        spent = "研发经费专项审计报告.pdf"
        placed.append((people["member"], spent, Part.COOPERATION, member.unit_id))
    ReportDocument.objects.bulk_create(
        ReportDocument(
            report=report, part=part, unit_id=unit_id, file=paper.file.name, original_name=name,
            size=paper.size, pages=paper.pages, sha256=paper.sha256, uploaded_by=user,
        )
        for user, name, part, unit_id in placed
    )  # fmt: skip


def _unit(seed: int) -> dict:
    own = Decimal(300 + seed % 400)
    return {
        "work": TEXT, "own_funds": own, "public_funds": own / 10, "finance_funds": Decimal(0),
        "used_labour": own / 2, "used_equipment": own / 4, "used_materials": own / 10,
        "income": own / 4, "income_paid": Decimal(20), "income_received": Decimal(20),
        "rd_staff": 30 + seed % 40, "team_staff": 4, "doctors": seed % 3, "masters": seed % 7,
        "engineers": seed % 9, "technicians": seed % 5, "talents_city": seed % 2,
    }  # fmt: skip


def _content(seed: int) -> dict:
    texts = dict.fromkeys(
        ("construction", "cooperation", "team", "funds", "tasks", "talent", "plan"), TEXT
    )
    return texts | {
        "council_meetings": 2 + seed % 3, "advisory_meetings": 1 + seed % 2, "exchange_events": 4,
        "team_managers": 1, "team_researchers": 2, "team_service": 1, "team_joined": seed % 3,
        "team_left": seed % 2, "patents_applied": 4 + seed % 9, "patents_granted": seed % 9,
        "standards_national": seed % 3, "standards_group": seed % 4, "papers": seed % 12,
        "products": seed % 4, "prizes": seed % 2, "sales": Decimal(1500 + seed % 700),
        "plan_funds": Decimal(900), "saved_parts": ["construction", "cooperation", "team", "funds"],
    }  # fmt: skip
