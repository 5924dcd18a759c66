"""The report on paper: whole, in the layout of official papers, marked for what it is."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse
from django.utils.translation import pgettext

from reports.models import AnnualReport, PlanMilestone, ReportProject
from reports.paper import pdf
from reports.parts import Part
from reports.states import Action, Status
from reports.transitions import perform
from tests.changes import change_in
from tests.filings.exchange.test_paper import RARE, pages_of
from tests.filings.test_pdf import fonts_of
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

LONG = "南京精密传动𠮷" * 42 + "长名称尾"
REASON = "项目正在立项评审，预计明年第一季度完成立项并报送。"


def fresh(report) -> AnnualReport:
    return AnnualReport.objects.for_list().get(pk=report.pk)


def text_of(report) -> str:
    return "".join(pages_of(pdf(fresh(report))))


def submitted(report, user) -> AnnualReport:
    perform(report.pk, Action.SUBMIT, actor=user, signed_name="甲示例")
    return fresh(report)


def grow(report, rows: int) -> None:
    """Give a report so many projects, each with a partner, and so many planned milestones."""
    lead, other = report.consortium.lead_unit, report.units.exclude(member=None).first().unit
    for number in range(rows):
        project = ReportProject.objects.create(
            report=report, title=f"项目{number}", unit=lead, stage="running", result="成果。" * 60
        )
        project.partners.set([other])
        PlanMilestone.objects.create(
            report=report, title=f"计划{number}", due_on=date(2028, 6, 30), unit=other
        )


def test_it_holds_the_cover_the_seven_parts_figures_rows_and_signatures(lead_owner):
    report = report_of(lead_owner, complete=True)
    report.projects.update(budget=Decimal("1234567.8"), result="样机通过鉴定。")
    late = report.milestones.first()
    late.state, late.reason = "delayed", "设备到货推迟。"
    late.save()
    report = submitted(report, lead_owner)
    submission, consortium = report.submissions.get(), report.consortium
    text = text_of(report)
    for said in (
        consortium.name, consortium.filing_number, consortium.lead_unit.name,
        consortium.lead_unit.uscc, "2026年3月2日–2029年3月2日", "2027年6月1日", submission.digest,
        *(f"{n}、{part.label}" for n, part in zip("一二三四五六七", Part, strict=True)),
        *(unit.name for unit in report.units.all()),
        *(project.title for project in report.projects.all()), "1,234,567.80", "样机通过鉴定。",
        *(row.title for row in report.milestones.all()), "验收意见", "设备到货推迟。",
        "完成中试", "2027年10月31日", "900.00", "800.00", "50.00", "20.00", "甲示例",
    ):  # fmt: skip
        assert "".join(said.split()) in text, said


def test_what_was_submitted_says_so_on_every_page_and_no_page_but_the_cover_lacks_a_number(
    lead_owner,
):
    report = submitted(report_of(lead_owner, complete=True), lead_owner)
    pages = pages_of(pdf(report))
    digest = report.submissions.get().digest
    assert all(digest[:16] in page and pgettext("paper", "Draft") not in page for page in pages)
    assert "—1—" not in pages[0]
    assert str(Part.CONSTRUCTION.label) not in pages[0]
    assert all(f"—{number}—" in page for number, page in enumerate(pages[1:], start=2))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED])
def test_what_is_not_submitted_is_marked_as_a_draft_on_every_page(status, lead_owner):
    report = fresh(report_of(lead_owner, status=status))
    pages = pages_of(pdf(report))
    # In the head, and across the page.
    assert all(page.count(pgettext("paper", "Draft")) >= 2 for page in pages)
    assert not any("SHA-256" in page for page in pages)


def test_reasons_of_findings_and_explanations_of_changes_are_in_it(lead_owner, reviewer):
    report = report_of(lead_owner, complete=True)
    change = change_in(
        "reported", report.consortium, user=lead_owner, effective_on=date(2026, 9, 1)
    )
    report.change_explanations.create(change=change, text="因战略调整而变更。")
    report.projects.all().delete()
    AnnualReport.objects.filter(pk=report.pk).update(justifications={"projects_named": REASON})
    assert REASON in text_of(report)
    text = text_of(submitted(report, lead_owner))
    for said in (REASON, "因战略调整而变更。", "2026年9月1日", change.get_kind_display()):
        assert said in text


def test_why_it_goes_on_without_a_unit_is_said(lead_owner):
    report = report_of(lead_owner, complete=True)
    report.units.exclude(member=None).update(
        signed_at=None, signed_by=None, signed_name="", skipped_reason="该单位正在重组。"
    )
    assert "该单位正在重组。" in text_of(report)


def test_long_names_wrap_and_long_tables_break_under_repeated_heads(lead_owner):
    report = report_of(lead_owner, complete=True)
    report.projects.update(title=LONG[:300], result="结果。" * 600)
    report.units.update(name=LONG[:300])
    report.milestones.update(evidence="佐证。" * 600, reason=RARE)
    grow(report, 30)
    data = pdf(fresh(report))
    pages = pages_of(data)
    text = "".join(pages)
    assert LONG[:300] in text
    assert text.count("结果。") >= 600 * report.projects.exclude(result__startswith="成果").count()
    assert sum("预算" in page and "项目" in page for page in pages) > 2
    assert all(embedded for _name, embedded in fonts_of(data))


def test_it_is_tagged_and_named(lead_owner):
    report = report_of(lead_owner, complete=True)
    with pikepdf.open(io.BytesIO(pdf(fresh(report)))) as document:
        assert document.Root.MarkInfo.Marked
        assert document.open_metadata()["pdfuaid:part"] == "1"
        assert report.consortium.name in str(document.docinfo["/Title"])


@pytest.mark.parametrize("rows", [1, 12])
@pytest.mark.parametrize(("status", "queries"), [(Status.SUBMITTED, 8), (Status.DRAFT, 9)])
def test_it_takes_the_same_queries_however_long(
    rows, status, queries, lead_owner, django_assert_num_queries
):
    report = report_of(lead_owner, status=status, complete=True)
    grow(report, rows)
    AnnualReport.objects.filter(pk=report.pk).update(justifications={"projects_named": REASON})
    report = fresh(report)
    with django_assert_num_queries(queries):
        pdf(report)


def test_the_bureau_reads_the_paper_once_it_came_and_strangers_never(lead_owner, auditor, stranger):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    address = reverse("reports:pdf", args=[report.pk])
    assert as_(auditor).get(address)["Content-Type"] == "application/pdf"
    assert as_(stranger).get(address).status_code == 404
