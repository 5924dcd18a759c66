"""Changes for tests, brought to where they are through their real steps."""

from datetime import date

from django.utils import timezone

from filings import change_editing
from filings.change_confirmation import answer_change
from filings.change_content import asked_to_confirm, parties
from filings.change_states import ChangeStatus
from filings.change_transitions import perform
from filings.confirmation import confirm_member
from filings.models import Change, Confirmation, Consortium
from filings.renaming import report_renaming
from tests.factories import TEXT, pdf_upload
from tests.people import owner_of

REASON = "因任务需要，经各成员单位协商一致作此变更。"
NEW = {
    "part": {"division_of_work": "负责整机验证与批量应用。"},
    "strategic_plan": {
        "goals": "三年内新增面向人形机器人关节的谐波减速器产品系列，形成标准两项，并在本市整机企业批量应用。"
    },
    "organisation": {"council_chair": "丁示例", "council_kind": "other"},
    "mechanism": {"mechanism": "理事会每月召开会议，设技术委员会。"},
}


def joiner(unit, **fields) -> dict:
    """What the form of a member is filled in with."""
    return {
        "uscc": unit, "name": unit.name, "kind": unit.kind, "place": unit.place,
        "chain_roles": ["application"], "position_in_chain": "整机验证", "division_of_work": TEXT,
        "capability": TEXT, "rd_staff": 12, "team": TEXT, "facilities": TEXT,
        "contact_name": "戊演示", "contact_phone": "", "contact_email": "join@example.com",
    } | fields  # fmt: skip


def drafted(
    consortium: Consortium, *, user, kind: str = "mechanism", member=None, unit=None,
    effective_on: date | None = None, **content,
) -> Change:  # fmt: skip
    """A change with all that the lead unit enters; `content` is what will be different."""
    change = change_editing.begin(consortium, user=user, kind=kind, member=member)
    day = effective_on or consortium.starts_on
    words = {"description": "变更说明", "reason": REASON, "effective_on": day}
    change, _found = change_editing.save_words(change, user=user, fields=words)
    if kind == "join":
        tasks = list(consortium.tasks.all())
        change_editing.save_joiner(change, user=user, fields=joiner(unit), tasks=tasks)
    elif kind in NEW:
        change_editing.save_content(change, user=user, fields=content or NEW[kind])
    change.refresh_from_db()
    return change


def signed(change: Change, *, user) -> Change:
    """Its supplementary agreement, signed by all units concerned, and every warning justified."""
    change_editing.attach_agreement(change, user=user, upload=pdf_upload("补充协议.pdf"))
    signatures = {
        "agreement_signed_on": change.consortium.starts_on,
        "lead_signed": True,
        "signed_members": [member.pk for member in parties(change)],
    }
    change, _found = change_editing.save_signatures(change, user=user, fields=signatures)
    for rule in ("required_documents", "academic_member", "chain_coverage", "leaver_confirmed"):
        change_editing.justify(change, user=user, rule=rule, text=REASON)
    change.refresh_from_db()
    return change


def editor_of(unit):
    found = unit.memberships.first()
    return found.user if found else owner_of(unit, f"owner_of_{unit.pk}")


def confirm_all(change: Change) -> None:
    change.refresh_from_db()
    if change.kind == "join":
        confirm_member(change.member, user=editor_of(change.member.unit))
    for member in asked_to_confirm(change):
        row = change.confirmations.select_related("change").get(member=member)
        answer_change(
            row,
            user=editor_of(member.unit),
            seen=row.digest,
            answer=Confirmation.CONFIRMED,
        )


def change_in(status: str, consortium: Consortium, *, user, by=None, **fields) -> Change:
    """A change in a status; `by` is the officer who returned it or took note."""
    change = signed(drafted(consortium, user=user, **fields), user=user)
    path = {
        "draft": (),
        "awaiting": ("ask",),
        "reported": ("ask", "report"),
        "returned": ("ask", "report", "return"),
        "noted": ("ask", "report", "note"),
        "dropped": ("drop",),
    }[status]
    for action in path:
        actor = by if action in ("return", "note") else user
        perform(change.pk, action, actor=actor, reason="请补充签章页。")
        if action == "ask" and status != "awaiting":
            confirm_all(change)
    change.refresh_from_db()
    assert change.status == ChangeStatus(status)
    return change


def reported(consortium: Consortium, *, user, **fields) -> Change:
    return change_in("reported", consortium, user=user, **fields)


def renaming_of(user, **fields):
    """A renaming that a person's unit reported today."""
    fields = {
        "new_name": "南京示例新名智能装备有限公司",
        "renamed_on": timezone.localdate(),
    } | fields
    unit = user.memberships.get().unit
    return report_renaming(unit, user=user, upload=pdf_upload("变更证明.pdf"), **fields)


def parts_of_changes(found: Consortium, user) -> dict:
    """What the addresses of changes and renamings name, made when it is asked for."""
    return {
        "change": lambda: reported(found, user=user).pk,
        "draft": lambda: drafted(found, user=user).pk,
        "asked": lambda: change_in("awaiting", found, user=user).pk,
        "why": lambda: "why",
        "renaming": lambda: renaming_of(user).pk,
    }
