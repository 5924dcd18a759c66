"""Calls and reports for tests, made the way the portal makes them: published, opened, moved."""

from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone

from accounts.roles import Role
from filings.models import Consortium
from reports.calls import open_call, publish
from reports.comments import write_comment
from reports.documents import add_document
from reports.models import (
    AnnualReport,
    CallPaper,
    MilestoneProgress,
    PlanMilestone,
    ReportCall,
    ReportComment,
    UnitPart,
)
from reports.parts import Part
from reports.states import Action, Status
from reports.transitions import perform
from reports.unit_services import digest_of, sign_unit
from tests.factories import TEXT, ConsortiumFactory, pdf_upload, staff

FILED_ON = date(2026, 3, 2)
SIGNER = "甲示例"

_PATHS = {
    Status.DRAFT: (),
    Status.SUBMITTED: (Action.SUBMIT,),
    Status.RETURNED: (Action.SUBMIT, Action.RETURN),
    Status.ACCEPTED: (Action.SUBMIT, Action.ACCEPT),
}


class ReportCallFactory(factory.django.DjangoModelFactory):
    """A drafted call; `published=True` one that a deciding officer published."""

    class Meta:
        model = ReportCall
        django_get_or_create = ("reporting_year",)

    reporting_year = 2026
    plan_year = factory.LazyAttribute(lambda o: o.reporting_year + 2)
    title = factory.LazyAttribute(lambda o: f"关于报送{o.reporting_year}年度报告的通知")
    opens_on = factory.LazyAttribute(lambda o: date(o.reporting_year + 1, 4, 1))
    due_on = factory.LazyAttribute(lambda o: date(o.reporting_year + 1, 6, 30))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        published = kwargs.pop("published", False)
        call = super()._create(model_class, *args, **kwargs)
        if published and not call.published_at:
            call = publish(call.pk, actor=staff(Role.DECIDER))
        return call


def call_paper(call: ReportCall, name: str = "报告提纲.pdf") -> CallPaper:
    """An attachment of a call in any state, as if it had been there from the draft on."""
    upload = pdf_upload(name)
    return CallPaper.objects.create(
        call=call, file=upload, original_name=name, size=upload.size, pages=1,
        sha256="0" * 64, uploaded_by=staff(Role.REVIEWER),
    )  # fmt: skip


def paper_of(report: AnnualReport, user, part: str = "plan", name: str = "佐证.pdf"):
    """A paper that goes with a part of a report being edited."""
    return add_document(report.pk, user=user, part=part, upload=pdf_upload(name))


def paper_of_unit(part: UnitPart, user, name: str = "审计报告.pdf"):
    """A paper that a unit attached to its own part."""
    return add_document(
        part.report_id, user=user, part=Part.COOPERATION, unit_id=part.unit_id,
        upload=pdf_upload(name),
    )  # fmt: skip


def active_of(owner=None, *, on: date = FILED_ON, **fields) -> Consortium:
    """A running consortium that the unit of `owner` leads, filed on `on`."""
    if owner:
        fields |= {"lead_unit": owner.memberships.get().unit, "created_by": owner}
    return ConsortiumFactory(active=True, on=on, **fields)


def report_of(owner=None, *, status=Status.DRAFT, complete=False, year=2026) -> AnnualReport:
    """The report of a new consortium, opened by its call; `complete` once it may be submitted."""
    consortium = active_of(owner)
    call = ReportCallFactory(reporting_year=year, published=True)
    open_call(call, timezone.localdate())
    report = AnnualReport.objects.get(call=call, consortium=consortium)
    if complete or status != Status.DRAFT:
        fill(report)
    for action in _PATHS[status]:
        actor = staff(Role.REVIEWER)
        if action == Action.SUBMIT:
            actor = consortium.lead_unit.memberships.first().user
        if action == Action.RETURN:
            ask(report, actor)
        perform(report.pk, action, actor=actor, signed_name=SIGNER)
    report.refresh_from_db()
    return report


def ask(report: AnnualReport, officer=None, **place) -> ReportComment:
    """A comment of the reviewing officer that the next return sends."""
    place = {"part": "funds", "text": "请核对资金数据。"} | place
    return write_comment(report.pk, user=officer or staff(Role.REVIEWER), **place)


def answer_all(report: AnnualReport) -> None:
    """The lead has dealt with every point of the return."""
    report.comments.update(resolved=True)


def part_of(consortium: Consortium) -> UnitPart:
    """The part of the first member in the report of a running consortium, which is opened."""
    call = ReportCallFactory(published=True)
    open_call(call, timezone.localdate())
    parts = UnitPart.objects.select_related("report__consortium", "unit")
    return parts.get(report__consortium=consortium, member=consortium.members.first())


def signed(part, user) -> UnitPart:
    return sign_unit(part, user=user, signed_name="乙示例", shown=digest_of(part))


def fill(report: AnnualReport) -> None:
    """Write what the checks ask for, as if every part had been saved and every unit had signed."""
    for part in Part:
        setattr(report, part.value, TEXT)
    report.team_managers, report.team_researchers, report.team_service = 3, 5, 2
    report.plan_funds = Decimal("500.00")
    report.saved_parts = list(Part.values)
    report.save()
    lead = report.consortium.lead_unit.memberships.first().user
    report.units.update(work=TEXT, rd_staff=20, saved_at=timezone.now(), saved_by=lead, doctors=1)
    report.units.filter(member=None).update(
        own_funds=Decimal("900.00"), used_labour=Decimal("800.00"), income=Decimal("50.00"),
        income_paid=Decimal("20.00"), team_staff=10,
    )  # fmt: skip
    report.units.exclude(member=None).update(
        signed_at=timezone.now(), signed_by=lead, signed_name="甲示例"
    )
    receiver = report.units.exclude(member=None).first()
    receiver.income_received = Decimal("20.00")
    receiver.save()
    report.projects.update(spent=Decimal("300"), planned_percent=40, done_percent=40)
    report.milestones.update(state=MilestoneProgress.State.REACHED, evidence="验收意见")
    PlanMilestone.objects.create(
        report=report, title="完成中试", due_on=date(report.call.reporting_year + 1, 10, 31)
    )
