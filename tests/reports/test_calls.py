"""Who owes a report, and that opening the call twice gives everybody one."""

from datetime import date, timedelta

import pytest

from filings.models import Milestone
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Status
from notices.models import Message
from reports.calls import open_call, open_due, owed_by, publish
from reports.models import AnnualReport, MilestoneProgress, ReportCall
from reports.states import Status as ReportStatus
from tests.factories import ConsortiumFactory
from tests.reports.factories import ReportCallFactory, active_of, report_of

pytestmark = pytest.mark.django_db

TODAY = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("filed_on", "owes"),
    [
        (date(2026, 3, 2), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 4), False),
    ],
)
def test_only_what_was_filed_by_the_years_end_owes(filed_on, owes):
    consortium = active_of(on=filed_on)
    assert consortium.starts_on == filed_on
    assert owed_by(ReportCallFactory(), TODAY).filter(pk=consortium.pk).exists() is owes


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.ACTIVE, Status.EXPIRED)])
def test_only_a_running_consortium_owes(status):
    ConsortiumFactory(**{str(status): True}, on=date(2026, 3, 2))
    assert not owed_by(ReportCallFactory(), TODAY).exists()


def test_what_ended_by_the_calendar_owes_nothing_though_no_sweep_ran():
    consortium = active_of()
    call = ReportCallFactory()
    assert owed_by(call, consortium.ends_on).exists()
    assert not owed_by(call, consortium.ends_on + timedelta(days=1)).exists()


def test_a_published_call_opens_by_itself_on_its_day(lead_owner, decider):
    active_of(lead_owner)
    call = ReportCallFactory(opens_on=TODAY + timedelta(days=1))
    publish(call.pk, actor=decider)
    assert open_due(TODAY) == 0
    assert not AnnualReport.objects.exists()
    assert open_due(TODAY + timedelta(days=1)) == 1
    call.refresh_from_db()
    assert call.opened_at is not None


def test_a_draft_never_opens(lead_owner):
    active_of(lead_owner)
    ReportCallFactory()
    assert open_due(TODAY) == 0
    assert not AnnualReport.objects.exists()


def test_opened_twice_it_gives_one_report_and_one_message(lead_owner):
    report = report_of(lead_owner)
    rows = report.milestones.count(), report.projects.count()
    assert open_call(report.call, TODAY) == 0
    assert AnnualReport.objects.get() == report
    assert (report.milestones.count(), report.projects.count()) == rows
    assert Message.objects.filter(recipient=lead_owner, kind="report_open").count() == 1


@pytest.mark.parametrize("cast", ["lead_owner", "intake", "reviewer", "auditor", "administrator"])
def test_only_a_deciding_officer_publishes(cast, request):
    call = ReportCallFactory()
    with pytest.raises(NotPermitted):
        publish(call.pk, actor=request.getfixturevalue(cast))
    assert ReportCall.objects.get().published_at is None


def test_a_call_is_published_once(decider):
    call = ReportCallFactory(published=True)
    with pytest.raises(Conflict):
        publish(call.pk, actor=decider)


def test_a_call_whose_due_day_is_over_is_not_published(decider, first_of_june):
    call = ReportCallFactory()
    first_of_june.move_to("2027-07-01T09:00:00+08:00")
    with pytest.raises(Refused, match="截止日期已过"):
        publish(call.pk, actor=decider)
    assert ReportCall.objects.get().published_at is None


def test_the_first_report_begins_with_the_filing(lead_owner):
    consortium = active_of(lead_owner)
    counts = {"status": "reported", "reported_at": consortium.submitted_at}
    change = consortium.changes.create(
        kind="part", description="成员分工调整", reason="合作需要", **counts,
        effective_on=date(2026, 9, 1), reported_by=lead_owner,
        supplementary_agreement=consortium.documents.first(),
    )  # fmt: skip
    consortium.changes.create(
        kind="mechanism", description="下一年的变更", reason="合作需要", **counts,
        effective_on=date(2027, 1, 1), reported_by=lead_owner,
        supplementary_agreement=consortium.documents.first(),
    )  # fmt: skip
    open_call(ReportCallFactory(published=True), TODAY)

    report = AnnualReport.objects.get()
    task = consortium.tasks.get()
    project = report.projects.get()
    assert (project.title, project.budget) == (task.title, task.budget)
    assert project.unit == consortium.lead_unit
    members = list(consortium.members.all())
    assert set(project.partners.all()) == {member.unit for member in members}
    assert [part.name for part in report.units.all()] == [
        consortium.lead_unit.name, *(member.name for member in members)
    ]  # fmt: skip
    assert {row.milestone for row in report.milestones.all()} == set(Milestone.objects.all())
    assert [row.change for row in report.change_explanations.all()] == [change]
    assert report.saved_parts == []


def test_the_next_report_begins_with_the_last_one(lead_owner, first_of_june):
    before = report_of(lead_owner, status=ReportStatus.ACCEPTED)
    late = before.milestones.get(milestone__month=18)
    late.state, late.reason = MilestoneProgress.State.DELAYED, "设备到货推迟。"
    late.save()
    first_of_june.move_to("2028-06-01T09:00:00+08:00")
    ReportCallFactory(reporting_year=2027, published=True)

    report = AnnualReport.objects.get(call__reporting_year=2027)
    assert (report.team, report.team_researchers) == (before.team, 5)
    assert [part.rd_staff for part in report.units.all()] == [20, 20, 20]
    states = dict(report.milestones.values_list("milestone__month", "state"))
    assert states == {6: "reached", 18: "", 36: "reached", None: ""}
    assert report.milestones.get(milestone=None).title == "完成中试"
    assert [p.title for p in report.projects.all()] == [p.title for p in before.projects.all()]
    assert report.funds == ""
