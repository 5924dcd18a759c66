"""The page of a report on the bureau's desk: what stands at each part, and what lies beside it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from filings.models import Member
from reports.calls import open_call
from reports.checks import findings_of
from reports.comments import resolve_comment
from reports.models import AnnualReport, MilestoneProgress, PlanMilestone, ReportProject, UnitPart
from reports.parts import Part
from reports.services import save_part
from reports.states import Action, Status
from reports.transitions import perform
from tests.factories import UnitFactory
from tests.people import as_
from tests.reports.factories import (
    SIGNER,
    ReportCallFactory,
    ask,
    fill,
    paper_of,
    report_of,
)

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}


def read(user, report, **asked):
    address = reverse("admin:reports_annualreport_change", args=[report.pk])
    return as_(user).get(address, asked, headers=EN)


def chapter(page, part: Part):
    return next(found for found in page.context["chapters"] if found.part == part)


def submit(report, lead):
    perform(report.pk, Action.SUBMIT, actor=lead, signed_name=SIGNER)


def test_each_part_stands_with_its_figures_beside_those_of_the_report_before(
    lead_owner, reviewer, first_of_june
):
    before = report_of(lead_owner, status=Status.ACCEPTED)
    first_of_june.move_to("2028-06-01T09:00:00+08:00")
    call = ReportCallFactory(reporting_year=2027, published=True)
    open_call(call, date(2028, 6, 1))
    report = AnnualReport.objects.get(call=call)
    fill(report)
    report.units.filter(member=None).update(own_funds=Decimal("1200"), used_labour=1100)
    AnnualReport.objects.filter(pk=report.pk).update(
        team_managers=9, funds="本年度新增一条中试线。", status=Status.SUBMITTED,
        submitted_at=before.submitted_at,
    )  # fmt: skip
    page = read(reviewer, report)
    team, funds = chapter(page, Part.TEAM), chapter(page, Part.FUNDS)
    assert {f.name: (f.now, f.before) for f in team.figures}["team_managers"] == (9, 3)
    assert (funds.text, funds.before) == ("本年度新增一条中试线。", before.funds)
    put_in = funds.grids[0]
    assert len(put_in.rows) == report.units.count()
    assert (put_in.sums[0], put_in.before[0]) == ("1,200.00", "900.00")
    assert (put_in.sums[-1], put_in.before[-1]) == ("1,200.00", "900.00")
    assert "本年度新增一条中试线。" in page.text


def test_papers_findings_and_reasons_stand_at_their_part(lead_owner, reviewer):
    report = report_of(lead_owner, complete=True)
    paper = paper_of(report, lead_owner, part="plan")
    # More used than put in is asked a reason for.
    report.units.filter(member=None).update(used_labour=Decimal("5000"))
    reasons = {
        finding.rule: "上年结转资金，附审计说明，详见附件说明材料。"
        for finding in findings_of(report)
    }
    AnnualReport.objects.filter(pk=report.pk).update(justifications=reasons)
    submit(AnnualReport.objects.get(pk=report.pk), lead_owner)
    page = read(reviewer, report)
    assert chapter(page, Part.PLAN).documents == [paper]
    assert chapter(page, Part.FUNDS).documents == []
    [item] = chapter(page, Part.FUNDS).judged
    assert item.reason == reasons[item.finding.rule]
    assert item.reason in page.text
    told = read(reviewer, report, tab="findings")
    assert told.context["found"] == sum(len(c.judged) for c in told.context["chapters"])
    assert told.text.count(item.finding.message) == 2


def test_what_the_lead_unit_types_is_not_the_bureaus_to_see(lead_owner, reviewer):
    report = report_of(lead_owner, complete=True)
    page = read(reviewer, report)
    assert page.context["chapters"] == ()
    assert report.funds not in page.text
    save_part(report.pk, user=lead_owner, part="funds", fields={"funds": "第一稿。"})
    submit(report, lead_owner)
    assert chapter(read(reviewer, report), Part.FUNDS).text == "第一稿。"
    comment = ask(report, reviewer)
    perform(report.pk, Action.RETURN, actor=reviewer)
    report.refresh_from_db()
    save_part(report.pk, user=lead_owner, part="funds", fields={"funds": "第二稿。"})
    page = read(reviewer, report)
    assert "第一稿。" in page.text
    assert "第二稿。" not in page.text
    resolve_comment(comment, user=lead_owner)
    submit(report, lead_owner)
    page = read(reviewer, report, tab="since")
    assert chapter(page, Part.FUNDS).text == "第二稿。"
    assert "第一稿。" in page.text  # struck out beside what it is now


def test_a_paper_is_read_in_place_and_leaves_a_trace(lead_owner, reviewer):
    report = report_of(lead_owner, complete=True)
    paper_of(report, lead_owner, part="funds", name="审计报告.pdf")
    paper = paper_of(report, lead_owner, part="plan", name="下年计划.pdf")
    submit(report, lead_owner)
    page = read(reviewer, report, tab="documents", document=paper.pk)
    inline = reverse("reports:document_inline", args=[report.pk, paper.pk])
    assert f'<iframe class="preview" src="{inline}"' in page.text
    answer = as_(reviewer).get(inline)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "sandbox" not in answer["Content-Security-Policy"]
    assert AuditEntry.objects.filter(operation="read", subject_id=str(paper.pk)).count() == 1


def test_a_comment_begins_at_the_part_it_was_asked_for(lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    page = read(reviewer, report, tab="comments", about="plan")
    assert page.context["comment_form"]["about"].value() == "plan"
    # The tab stays open on the next report.
    assert read(reviewer, report).context["tab"] == "documents"
    client = as_(reviewer)
    address = reverse("admin:reports_annualreport_change", args=[report.pk])
    client.get(address, {"tab": "history"})
    assert client.get(address).context["tab"] == "history"
    assert client.get(address, {"tab": "nonsense"}).context["tab"] == "history"


def grown(report, members: int, projects: int, milestones: int) -> None:
    units = UnitFactory.create_batch(members)
    consortium = report.consortium
    joined = Member.objects.bulk_create(
        Member(consortium=consortium, unit=unit, name=unit.name, kind=unit.kind, place="")
        for unit in units
    )
    UnitPart.objects.bulk_create(
        UnitPart(report=report, unit=m.unit, member=m, name=m.name, kind=m.kind, work="研发")
        for m in joined
    )
    made = ReportProject.objects.bulk_create(
        ReportProject(report=report, title=f"项目{n}", unit=units[n % members], stage="running")
        for n in range(projects)
    )
    for project in made:
        project.partners.set(units)
    plans = PlanMilestone.objects.bulk_create(
        PlanMilestone(report=report, title=f"节点{n}", due_on=date(2026, 9, 1))
        for n in range(milestones)
    )
    MilestoneProgress.objects.bulk_create(
        MilestoneProgress(report=report, planned=plan, state="reached") for plan in plans
    )


@pytest.mark.parametrize("size", [(1, 1, 1), (12, 40, 60)])
def test_the_page_takes_the_same_queries_however_large_the_report(
    size, lead_owner, reviewer, django_assert_num_queries
):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    grown(report, *size)
    client = as_(reviewer)
    address = reverse("admin:reports_annualreport_change", args=[report.pk])
    with django_assert_num_queries(29):
        page = client.get(address)
    assert f"节点{size[2] - 1}" in page.text
    assert f"项目{size[1] - 1}" in page.text
