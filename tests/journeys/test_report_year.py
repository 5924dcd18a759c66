"""A year of reports in a browser: the call, three reports (one good, one returned, one late), and
the figures that the bureau reads, against sums made here from the rows themselves."""

import io
from datetime import datetime
from decimal import Decimal
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from reports.models import AnnualReport, ReportCall, UnitPart
from reports.models.unit import FIGURES as UNIT_FIGURES
from reports.statistics import reporting
from tests.factories import UnitFactory
from tests.journeys.walk import walking
from tests.people import as_, officer, owner_of
from tests.reports.factories import active_of, fill

SHANGHAI = ZoneInfo("Asia/Shanghai")
LIST = "/admin/reports/annualreport/"
LEADS = {"good": "甲示例有限公司", "mended": "乙示例有限公司", "tardy": "丙示例有限公司"}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_year_from_the_call_to_figures_that_add_up(chromium, live_server, settings):
    settings.SITE_URL = live_server.url
    url = live_server.url
    officers = {
        name: officer(name, role)
        for name, role in (("reviewer", Role.REVIEWER), ("decider", Role.DECIDER))
    }
    consortia = {
        name: active_of(owner_of(UnitFactory(name=unit), name)) for name, unit in LEADS.items()
    }
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=SHANGHAI)) as clock:
        call = publish_call(chromium, url)
        reports = {name: c.reports.get(call=call) for name, c in consortia.items()}
        for report in reports.values():
            fill(report)
        hand_in(chromium, url, "good", reports["good"])
        hand_in(chromium, url, "mended", reports["mended"])
        with walking(chromium, url, "reviewer") as reviewer:
            accept(reviewer, reports["good"])
            send_back(reviewer, reports["mended"], "请核对资金合计。")
        with walking(chromium, url, "mended") as lead:
            lead.page.goto(f"/reports/{reports['mended'].pk}/")
            lead.sees("请核对资金合计。")
            lead.page.click("text=Go to this point")
            lead.press("Mark as done")
            lead.sees("Marked as done.")
        hand_in(chromium, url, "mended", reports["mended"])

        clock.move_to(datetime(2027, 7, 1, 9, tzinfo=SHANGHAI))
        with walking(chromium, url, "reviewer") as reviewer:
            assert listed(reviewer, "?came=missing") == {consortia["tardy"].name}
        hand_in(chromium, url, "tardy", reports["tardy"])
        with walking(chromium, url, "reviewer") as reviewer:
            accept(reviewer, reports["mended"])
            accept(reviewer, reports["tardy"])
            assert listed(reviewer, "?came=late") == {consortia["tardy"].name}
            assert listed(reviewer, "?status__exact=accepted") == {
                c.name for c in consortia.values()
            }
            reviewer.page.goto("/admin/reports/reportcall/")
            reviewer.sees("3 / 3")
        the_index_tells_it(as_(officers["reviewer"]), call, consortia)
        the_sums_are_right(call)


def publish_call(chromium, url) -> ReportCall:
    """One officer drafts, another looks at who owes a report and publishes."""
    with walking(chromium, url, "reviewer") as reviewer:
        page = reviewer.page
        page.goto("/admin/reports/reportcall/add/")
        for name, value in {
            "reporting_year": "2026", "plan_year": "2028", "title": "关于报送2026年度总结报告的通知",
            "text": "请各牵头单位按期报送。", "opens_on": "2027-03-01", "due_on": "2027-06-30",
        }.items():  # fmt: skip
            page.fill(f"[name={name}]", value)
        page.locator("[name=_save]").click()
        page.wait_for_load_state()
    call = ReportCall.objects.get()
    with walking(chromium, url, "decider") as decider:
        decider.page.goto(f"/admin/reports/reportcall/{call.pk}/publish/")
        decider.sees("3 consortia owe this report")
        decider.press("Publish the call")
    with walking(chromium, url) as visitor:
        visitor.page.goto(f"/reports/calls/{call.pk}/")
        visitor.sees("请各牵头单位按期报送。")
    return call


def hand_in(chromium, url, name: str, report: AnnualReport) -> None:
    with walking(chromium, url, name) as lead:
        lead.page.goto(f"/reports/{report.pk}/")
        lead.page.check("[name=truth]")
        lead.page.fill("[name=signed_name]", "甲示例")
        lead.press("Submit the report")
        lead.sees("Submitted. The bureau has it now.")


def accept(reviewer, report: AnnualReport) -> None:
    reviewer.page.goto(f"{LIST}{report.pk}/change/")
    reviewer.follow("Accept the report")
    reviewer.press("Accept the report")
    report.refresh_from_db()
    assert report.status == "accepted"


def send_back(reviewer, report: AnnualReport, text: str) -> None:
    reviewer.page.goto(f"{LIST}{report.pk}/change/?tab=comments")
    reviewer.page.select_option("[name=about]", "funds")
    reviewer.page.fill("textarea[name=text]", text)
    reviewer.press("Note it for the return")
    reviewer.follow("Return the report")
    reviewer.press("Return the report")
    report.refresh_from_db()
    assert report.status == "returned"


def listed(reviewer, query: str) -> set[str]:
    reviewer.page.goto(LIST + query)
    return {
        link.inner_text()
        for link in reviewer.page.locator("#result_list .field-consortium a").all()
    }


def the_index_tells_it(client, call: ReportCall, consortia) -> None:
    """The archive has a paper of each, and its index says who was late."""
    answer = client.get(reverse("admin:reports_reportcall_bundle_zip", args=[call.pk]))
    found = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(found.namelist()) == 1 + len(consortia)
    sheet = openpyxl.load_workbook(io.BytesIO(found.read(found.namelist()[0]))).active
    rows = {row[1].value: [cell.value for cell in row] for row in sheet.rows}
    late = {name: rows[consortium.name][7] for name, consortium in consortia.items()}
    assert late["good"] == late["mended"] != late["tardy"]


def the_sums_are_right(call: ReportCall) -> None:
    """What the statistics say of the year is what the rows of the reports add up to."""
    parts = list(UnitPart.objects.filter(report__call=call))

    def together(*names: str):
        return sum(getattr(part, name) or 0 for part in parts for name in names)

    found = reporting.sums(AnnualReport.objects.all())
    assert {row["year"] for row in found} == {2026}
    money_in = together("own_funds", "public_funds", "finance_funds", "other_funds")
    assert money_in == 3 * 900 == sum(Decimal(row["funds_in"]) for row in found)
    used = [name for name in UNIT_FIGURES if name.startswith("used_")]
    assert together(*used) == sum(Decimal(row["funds_used"]) for row in found)
    trained = together("doctors", "masters", "engineers", "technicians")
    assert trained == sum(row["trained"] for row in found)
    assert sum(row["reports"] for row in found) == 3
    [year] = reporting.punctuality(timezone.localdate(), AnnualReport.objects.all())
    counted = {name: year[name] for name in ("owed", "came_in", "accepted", "late", "missing")}
    assert counted == {"owed": 3, "came_in": 3, "accepted": 3, "late": 1, "missing": 0}
