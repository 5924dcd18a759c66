"""Changes of running consortia of every kind and in every status, and renamings of units."""

from datetime import date, timedelta
from itertools import cycle

from django.utils import timezone

from accounts.models import Unit
from filings.as_of import as_of
from filings.change_content import FIELDS, digest_of
from filings.models import Change, ChangeConfirmation, Consortium, Document, Member, Renaming
from filings.snapshot import plain

REASON = "任务推进中需要补强整机验证与产线应用环节，经各成员单位协商一致并签订补充协议。"
# kind, status, days from today on which it takes effect, what it says, what is different then
CHANGES = (
    ("mechanism", "noted", -200, "增设技术委员会，每季度召开会议。",
     {"mechanism": "理事会统筹决策，增设技术委员会，每季度召开会议，协调技术路线与资源配置。"}),
    ("leave", "noted", -90, "一家成员单位因业务调整退出。", {}),
    ("part", "reported", -20, "成员单位承担的任务调整。",
     {"division_of_work": "承担整机验证平台建设与批量应用数据采集。"}),
    ("join", "reported", 30, "增补一家应用单位。", {}),
    ("strategic_plan", "awaiting", 45, "目标由样机调整为量产。",
     {"goals": "三年内建成量产线一条，形成国家或行业标准两项，在本市三家以上整机企业批量应用。"}),
    ("organisation", "draft", 60, "理事会调整。", {"council_kind": "other"}),
)  # fmt: skip


def build_changes(people, units: list[Unit]) -> None:
    """Two running consortia go through changes of all kinds; every one has its agreement."""
    today = timezone.localdate()
    running = Consortium.objects.running_on(today).filter(lead_unit=units[0])
    found = list((running or Consortium.objects.running_on(today)).order_by("pk")[:2])
    for consortium, script in zip(cycle(found), CHANGES, strict=False):
        _change(consortium, *script, people=people, units=units)
    _rename(units[5], people, today)


def _change(consortium, kind, status, days, description, after, *, people, units) -> None:
    day = max(consortium.starts_on, timezone.localdate() + timedelta(days=days))
    now = timezone.now()
    counts = status in ("reported", "noted")
    members = list(as_of(consortium, day).members.all())
    member = members[-1] if kind == "part" else members[0] if kind == "leave" else None
    row = member or consortium
    change = Change.objects.create(
        consortium=consortium, kind=kind, status=status, member=member, description=description,
        reason=REASON, effective_on=min(day, consortium.ends_on), after=after,
        before={name: plain(getattr(row, name)) for name in FIELDS.get(kind, ()) if name in after},
        supplementary_agreement=_agreement(consortium), agreement_signed_on=consortium.starts_on,
        lead_signed=True, signed_members=[m.pk for m in members], created_by=people["lead"],
        reported_by=people["lead"] if counts else None, reported_at=now if counts else None,
        noted_by=people["reviewer"] if status == "noted" else None,
        noted_at=now if status == "noted" else None,
    )  # fmt: skip
    if kind == "join":
        change.member = _joiner(change, members, units)
        change.save(update_fields=["member"])
    if kind == "leave":
        Member.objects.filter(pk=member.pk).update(left_on=change.effective_on)
    if status == "awaiting":
        for asked in members:
            ChangeConfirmation.objects.create(change=change, member=asked, digest=digest_of(change))


def _agreement(consortium) -> Document:
    paper = Document.objects.filter(consortium=consortium).first()
    paper.pk, paper.kind, paper.member = None, "supplementary_agreement", None
    paper.original_name = "补充协议.pdf"
    paper.save()
    return paper


def _joiner(change, members, units) -> Member:
    there = {member.unit_id for member in members} | {change.consortium.lead_unit_id}
    unit = next(unit for unit in units if unit.pk not in there)
    like = members[0]
    like.pk = None
    like._state.adding = True
    like.unit, like.name, like.kind, like.place = unit, unit.name, unit.kind, unit.place
    like.joined_by, like.joined_on, like.left_on = change, change.effective_on, None
    like.token, like.order = f"joins-{change.pk}", len(members)
    like.save()
    return like


def _rename(unit: Unit, people, today: date) -> None:
    old, new = unit.name, unit.name.replace("有限公司", "集团有限公司")
    Renaming.objects.create(
        unit=unit, old_name=old, new_name=new, renamed_on=today - timedelta(days=120),
        status=Renaming.Status.NOTED, reported_by=people["lead"], decided_by=people["reviewer"],
        decided_at=timezone.now(), original_name="变更登记通知书.pdf",
        file=Document.objects.first().file.name,
    )  # fmt: skip
    Unit.objects.filter(pk=unit.pk).update(name=new)
    Member.objects.filter(unit=unit, name=old).update(name=new)
