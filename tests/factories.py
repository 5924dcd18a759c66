"""Units, people and consortia for tests. A consortium reaches a state through the real transitions,
so that its numbers, dates and history are those of a real one."""

from datetime import date, timedelta
from decimal import Decimal

import factory
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts import uscc
from accounts.models import Membership, Unit, User
from accounts.roles import Role
from filings import confirmation
from filings.models import (
    ClosingReason,
    Comment,
    Confirmation,
    Consortium,
    CreditCase,
    CreditRecord,
    Document,
    DocumentKind,
    FocusField,
    KeyTask,
    Member,
    Milestone,
    Policy,
)  # fmt: skip
from filings.papers import papers_of
from filings.states import Action, Status
from filings.transitions import perform, perform_due
from filings.workdays import add_workdays
from tests.checklists import answer_all
from tests.papers import pdf_bytes, pdf_upload

TEXT = "围绕高精度谐波减速器的材料、齿形与装配工艺开展联合攻关，形成自主可控的产品与标准体系，并在本市整机企业中验证应用。"
FILED_ON = date(2026, 3, 2)


def code_of(number: int, prefix: str = "91320115") -> str:
    """A valid credit code over an organisation code that was never issued."""
    body = f"XX{number:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    values = [ord(c) - 55 if c.isalpha() else int(c) for c in body]
    check = 11 - sum(v * w for v, w in zip(values, weights, strict=True)) % 11
    first = prefix + body + {10: "X", 11: "0"}.get(check, str(check))
    return first + uscc.check_character(first)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ("username",)

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.com")
    full_name = factory.Sequence(lambda n: f"演示人员{n}")


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    uscc = factory.Sequence(lambda n: code_of(500000 + n))
    name = factory.Sequence(lambda n: f"南京示例第{n}装备有限公司")
    kind = "enterprise"
    place = "320115"


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Member

    unit = factory.SubFactory(UnitFactory)
    name = factory.LazyAttribute(lambda o: o.unit.name)
    kind = factory.LazyAttribute(lambda o: o.unit.kind)
    place = "320115"
    chain_roles = ["production", "application"]
    position_in_chain = "核心部件配套"
    division_of_work = TEXT
    capability = TEXT
    rd_staff = 40
    contact_name = "乙演示"
    contact_email = factory.Sequence(lambda n: f"contact{n}@example.com")
    signed = True
    confirmation = Confirmation.CONFIRMED


class UniversityFactory(MemberFactory):
    unit = factory.SubFactory(
        UnitFactory,
        uscc=factory.Sequence(lambda n: code_of(700000 + n, "12320000")),
        name=factory.Sequence(lambda n: f"示例江东理工大学{n}"),
        kind="university",
    )
    chain_roles = ["learning", "research"]
    team = TEXT
    facilities = TEXT


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    kind = DocumentKind.AGREEMENT
    file = factory.LazyFunction(pdf_upload)
    original_name = "组建协议.pdf"
    size = factory.LazyFunction(lambda: len(pdf_bytes()))
    pages = 1
    sha256 = "0" * 64
    uploaded_by = factory.SubFactory(UserFactory)


class ConsortiumFactory(factory.django.DjangoModelFactory):
    """`ConsortiumFactory()` is an empty draft; `complete=True` one that may be submitted; any status
    as a keyword (`under_review=True`) one that went there through its transitions, on `on`."""

    class Meta:
        model = Consortium

    name = factory.Sequence(lambda n: f"高精度谐波减速器关键技术创新联合体{n}")
    lead_unit = factory.SubFactory(UnitFactory)
    created_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        on = kwargs.pop("on", None)
        states = [s for s in (*Status, "complete") if kwargs.pop(str(s), False)]
        if not states:
            return super()._create(model_class, *args, **kwargs)
        consortium = super()._create(model_class, *args, **(_content() | kwargs))
        _fill(consortium)
        if states[0] in Status.values:
            bring_to(consortium, Status(states[0]), on=on)
        return consortium


def _content() -> dict:
    return {
        "lead_kind": "leading_enterprise",
        "lead_revenue": Decimal("186400.00"),
        "lead_rd_spend": Decimal("11930.00"),
        "standing": TEXT,
        "open_sharing": TEXT,
        "focus_field": FocusField.objects.filter(code="manufacturing-equipment").first(),
        "goal_kinds": ["bottleneck"],
        "bottleneck": TEXT,
        "goals": TEXT,
        "nanjing_strength": TEXT,
        "council_kind": "council",
        "council_chair": "甲示例",
        "chair_is_lead_head": True,
        "mechanism": TEXT,
        "mechanism_innovation": TEXT,
        "chief_expert": "丙样本",
        "chief_expert_post": "示例江东理工大学 教授",
        "advisory_committee": TEXT,
        "results_sharing": TEXT,
        "income_sharing": TEXT,
        "agreement_signed_on": date(2024, 1, 10),
        "lead_signed": True,
    }


def _fill(consortium: Consortium) -> None:
    members = [
        MemberFactory(consortium=consortium, order=1),
        UniversityFactory(consortium=consortium, order=2),
    ]
    for member in members:
        member.confirmed_digest = confirmation.digest_of(member)
        member.save()
    task = KeyTask.objects.create(
        consortium=consortium,
        title="谐波减速器齿形设计与精密制造",
        goal=TEXT,
        budget=Decimal("3000"),
        own_funds=Decimal("2000"),
    )
    task.members.set(members)
    for month, title in ((6, "完成齿形设计"), (18, "完成样机"), (36, "完成量产验证")):
        Milestone.objects.create(task=task, title=title, month=month)
    agreement = DocumentFactory(consortium=consortium, uploaded_by=consortium.created_by)
    # What else is asked for lies in the agreement's file: what is in it is nothing to the rules.
    fields = {"consortium": consortium, "uploaded_by": consortium.created_by}
    Document.objects.bulk_create(
        DocumentFactory.build(
            **fields, member=paper.member, kind=paper.kind, file=agreement.file.name
        )
        for paper in papers_of(consortium, Policy.objects.in_force())
        if not paper.document
    )


_PATHS = {
    Status.DRAFT: (),
    Status.SUBMITTED: (Action.SUBMIT,),
    Status.RETURNED: (Action.SUBMIT, Action.RETURN),
    Status.LAPSED: (Action.SUBMIT, Action.RETURN, Action.LAPSE),
    Status.UNDER_REVIEW: (Action.SUBMIT, Action.ACCEPT),
    Status.RECOMMENDED: (Action.SUBMIT, Action.ACCEPT, Action.RECOMMEND),
    Status.REJECTED: (Action.SUBMIT, Action.ACCEPT, Action.RECOMMEND, Action.REJECT),
}
_PATHS[Status.PUBLIC_NOTICE] = (*_PATHS[Status.RECOMMENDED], Action.PUBLISH)
_PATHS[Status.ACTIVE] = (*_PATHS[Status.PUBLIC_NOTICE], Action.FILE)
_PATHS[Status.EXPIRED] = (*_PATHS[Status.ACTIVE], Action.EXPIRE)
_PATHS[Status.TERMINATED] = (*_PATHS[Status.ACTIVE], Action.TERMINATE)
_PATHS[Status.REVOKED] = (*_PATHS[Status.ACTIVE], Action.REVOKE)


def bring_to(consortium: Consortium, status: Status, *, on: date | None = None) -> None:
    """Lead a complete draft to `status`; `on` is the day of filing (or of the last move)."""
    day = on or timezone.localdate()
    lead = _editor_of(consortium)
    for action in _PATHS[status]:
        actor, when = lead, day
        payload = {"signed_name": "甲示例"} if action == Action.SUBMIT else {}
        if action == Action.RETURN:
            comment_on(consortium)
        if action in (Action.ACCEPT, Action.RETURN):
            actor = staff(Role.INTAKE)
        elif action == Action.RECOMMEND:
            actor = staff(Role.REVIEWER)
        elif action in (Action.PUBLISH, Action.REJECT, Action.FILE):
            actor = staff(Role.DECIDER)
            payload = {"clause": "3.1"} if action == Action.REJECT else {}
        elif action == Action.TERMINATE:
            actor, payload = staff(Role.DECIDER), {"closing_reason": ClosingReason.COMPLETED}
        elif action == Action.REVOKE:
            actor, payload = staff(Role.DECIDER), {"credit_case": upheld_case(consortium)}
        elif action in (Action.LAPSE, Action.EXPIRE):
            perform_due(action, day + timedelta(days=4000), after=consortium.pk - 1, most=1)
            continue
        if action == Action.PUBLISH and status != Status.PUBLIC_NOTICE:
            when = _day_whose_notice_is_over_by(day)
        perform(consortium.pk, action, actor=actor, on=when, reason="测试", **payload)
        answer_all(consortium, lead)
    consortium.refresh_from_db()


def _day_whose_notice_is_over_by(day: date) -> date:
    start = day
    while add_workdays(start, 5) >= day:
        start -= timedelta(days=1)
    return start


def _editor_of(consortium: Consortium) -> User:
    membership = consortium.lead_unit.memberships.select_related("user").first()
    if membership is None:
        membership = Membership.objects.create(
            user=consortium.created_by, unit=consortium.lead_unit, role="owner"
        )
    return membership.user


def staff(role: Role) -> User:
    """The officer of the factories for a role; the cast's own officers are other persons."""
    user = UserFactory(username=f"staff_{role}", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def comment_on(consortium: Consortium, section: str = "focus", field: str = "goals") -> Comment:
    """A comment that an officer wrote and has not sent yet."""
    return Comment.objects.create(
        consortium=consortium,
        submission=consortium.submissions.last(),
        section=section,
        field=field,
        text="请补充量化目标。",
        author=staff(Role.INTAKE),
    )


def upheld_case(consortium: Consortium, unit: Unit | None = None) -> CreditCase:
    case = CreditCase.objects.create(
        unit=unit or consortium.lead_unit,
        consortium=consortium,
        stage=CreditCase.Stage.OPERATION,
        facts="报送虚假数据",
        evidence="核查记录",
        legal_basis="科学技术活动违规行为调查处理规定",
        opened_by=staff(Role.REVIEWER),
        statement_due_on=timezone.localdate(),
        proposed_by=staff(Role.REVIEWER),
        decided_by=staff(Role.DECIDER),
        outcome=CreditCase.Outcome.UPHELD,
    )
    CreditRecord.objects.create(
        unit=case.unit,
        case=case,
        decision_number="宁科信决〔2026〕1号",
        legal_basis=case.legal_basis,
        valid_from=timezone.localdate(),
    )
    return case
