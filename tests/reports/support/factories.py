"""Requests for support for tests, made the way the portal makes them: begun, saved, moved."""

from decimal import Decimal

from accounts.models import Unit
from accounts.roles import Role
from filings.models import Consortium
from reports.models import SupportFile, SupportRequest
from reports.support.kinds import CONTACT, MEASURES, Kind
from reports.support.services import add_file, begin, save_request
from reports.support.states import MOVES, Action, Actor, Status
from reports.support.transitions import perform
from tests.factories import TEXT, pdf_upload, staff
from tests.reports.factories import active_of

REASON = "请补充考核指标的测算依据。"
RESULT = {
    "result_number": "JB2027-018",
    "result_amount": Decimal("300.00"),
    "result_institution": "示例市产业基金",
    "result_year": 2027,
}
# One way to each state.
_PATHS = {
    Status.DRAFT: (),
    Status.SUBMITTED: (Action.SUBMIT,),
    Status.RETURNED: (Action.SUBMIT, Action.RETURN),
    Status.ASSESSED: (Action.SUBMIT, Action.ASSESS),
    Status.RECOMMENDED: (Action.SUBMIT, Action.ASSESS, Action.RECOMMEND),
    Status.FORWARDED: (Action.SUBMIT, Action.ASSESS, Action.FORWARD),
    Status.DECLINED: (Action.SUBMIT, Action.ASSESS, Action.DECLINE),
    Status.GRANTED: (Action.SUBMIT, Action.ASSESS, Action.RECOMMEND, Action.GRANT),
    Status.NOT_GRANTED: (Action.SUBMIT, Action.ASSESS, Action.RECOMMEND, Action.FAIL),
}
_VALUES = {
    "title": "高精度谐波减速器长寿命齿形设计",
    "programme": "省重大科技计划",
    "funds": Decimal("500.00"),
    "own_funds": Decimal("800.00"),
    "months": 18,
    "level": "national",
    "talent_kind": "young",
    "person_name": "丁示例",
    "person_post": "示例江东理工大学 研究员",
    "money_kind": "loan",
    "institution": "示例银行",
    "consent": True,
    "contact_name": "甲示例",
    "contact_phone": "025-00000000",
}


def values_of(kind: str, consortium: Consortium) -> dict:
    """What a request of a kind says when nothing is missing."""
    values = {name: _VALUES.get(name, TEXT) for name in (*MEASURES[kind].fields, *CONTACT)}
    if "members" in values:
        values["members"] = [consortium.members.last().pk]
    return values


def request_of(
    owner,
    *,
    kind: str = Kind.TASK,
    status: str = Status.DRAFT,
    complete: bool = True,
    consortium: Consortium | None = None,
    unit: Unit | None = None,
) -> SupportRequest:
    """A request of a unit of `owner`, of a new consortium that it leads unless one is given."""
    consortium = consortium or active_of(owner)
    unit = unit or owner.memberships.get().unit
    found = begin(user=owner, consortium=consortium, unit=unit, kind=kind)
    if complete:
        save_request(found.pk, user=owner, fields=values_of(kind, consortium))
    for action in _PATHS[Status(status)]:
        move(found, action, owner)
    found.refresh_from_db()
    return found


def paper_for(found: SupportRequest, owner) -> SupportFile:
    """A paper of a request that is being written."""
    return add_file(found.pk, user=owner, upload=pdf_upload())


def move(found: SupportRequest, action: str, owner, *, actor=None):
    """Take a move as somebody who may, with all that it asks for."""
    found.refresh_from_db()
    roles = next(iter(MOVES[Action(action)].who.values()))
    roles = MOVES[Action(action)].who.get(Status(found.status), roles)
    asks = Actor.ASKER in roles
    actor = actor or (owner if asks else staff(Role(roles[0])))
    return perform(found.pk, action, actor=actor, reason="" if asks else REASON, result=RESULT)
