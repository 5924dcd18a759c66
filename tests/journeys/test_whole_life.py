"""One consortium from the registration of its lead unit to the end of its term, in a browser."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.core import mail
from django.core.management import call_command

from accounts.roles import Role
from filings import sweep
from filings.models import Consortium, Event
from notices.models import Message
from reports.models import AnnualReport, ReportCall
from tests.factories import TEXT, code_of, pdf_bytes
from tests.journeys.walk import add_member, answer_checklist, fill_in, register, take_step, walking
from tests.people import officer, owner_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def test_a_consortium_lives_its_whole_life(chromium, live_server, settings, tmp_path):
    settings.SITE_URL = live_server.url
    agreement = tmp_path / "组建协议.pdf"
    agreement.write_bytes(pdf_bytes())
    for name, role in (
        ("intake", Role.INTAKE),
        ("reviewer", Role.REVIEWER),
        ("decider", Role.DECIDER),
    ):
        officer(name, role)
    firm, school = code_of(111), code_of(222, "12320000")
    start = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
    with time_machine.travel(start) as clock:
        pk = file_it(chromium, live_server.url, agreement, firm, school)
        consortium = Consortium.objects.get(pk=pk)
        review_it(chromium, live_server.url, consortium)

        consortium.refresh_from_db()
        clock.move_to(at(consortium.notice_ends_on + timedelta(days=1)))
        with walking(chromium, live_server.url, "decider") as decider:
            take_step(decider, consortium, "File")
        consortium.refresh_from_db()
        assert consortium.filing_number == "宁创联备〔2026〕1号"
        assert consortium.ends_on == consortium.starts_on.replace(year=2029)
        verify_certificate(chromium, live_server.url, consortium)

        clock.move_to(datetime(2027, 3, 1, 9, tzinfo=SHANGHAI))
        report_it(chromium, live_server.url, consortium)

        clock.move_to(at(consortium.ends_on, 23, 59))
        look_up(chromium, live_server.url, consortium, "Valid: this consortium is filed")
        # From 00:00 of the next day it has expired, before any sweep has run.
        clock.move_to(at(consortium.ends_on + timedelta(days=1), 0, 0))
        look_up(chromium, live_server.url, consortium, "the term is over")
        assert Consortium.objects.get().status == "active"
        call_command("sweep")
        assert Consortium.objects.get().status == "expired"
        call_command("sweep")
        assert Event.objects.filter(action="expire").count() == 1
        told = Message.objects.filter(kind="filing_expire", recipient__username="star")
        assert told.count() == 1
        sweep.run()
        assert told.count() == 1


def at(day, hour=9, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def file_it(chromium, url, agreement, firm, school, **options) -> int:
    """Register, fill in with two members, mend what the findings say, confirm, submit."""
    with walking(chromium, url, **options) as lead:
        register(lead, username="star", uscc=code_of(100), unit="南京示例星火智能装备有限公司")
        lead.page.goto("/filings/new/")
        lead.page.fill("[name=name]", "高精度谐波减速器关键技术创新联合体")
        lead.press("Begin")
        pk = Consortium.objects.get().pk
        lead.page.goto(f"/filings/{pk}/check/")
        assert lead.page.get_by_role("button", name="Submit the filing").is_disabled()
        lead.page.goto(f"/filings/{pk}/members/add/")
        lead.page.fill("[name=uscc]", "91350100M000100Y44")
        lead.page.fill("[name=name]", "一个写错代码的单位")
        lead.press("Save the member")
        lead.sees("check character")
        assert lead.page.input_value("[name=name]") == "一个写错代码的单位"
        add_member(lead, pk, uscc=firm, name="南京样板云帆软件有限公司", kind="enterprise")
        add_member(lead, pk, uscc=school, name="示例江东理工大学", kind="university")
        fill_in(lead, pk, agreement)
        lead.page.goto(f"/filings/{pk}/members/")
        mail.outbox.clear()
        lead.press("Ask the members to confirm")
        lead.sees("2 members were asked to confirm.")
        links = [m.body for m in mail.outbox]
        assert len(links) == 2
        for unit_code, username in ((firm, "cloud"), (school, "school")):
            confirm_as(chromium, url, pk, unit_code, username)
        lead.page.goto(f"/filings/{pk}/check/")
        lead.sees("Nothing stands in the way")
        lead.page.check("[name=truth]")
        lead.page.fill("[name=signed_name]", "甲示例")
        lead.press("Submit the filing")
        lead.sees("Submitted. The bureau has it now.")
        lead.sees("checks by the end of")
    return pk


def confirm_as(chromium, url, pk, uscc, username) -> None:
    member = Consortium.objects.get(pk=pk).members.get(unit__uscc=uscc)
    owner_of(member.unit, username)
    with walking(chromium, url, username) as person:
        person.page.goto(f"/filings/confirm/{member.token}/")
        person.press("Yes, we confirm our part")
        person.sees("Confirmed. Thank you")


def review_it(chromium, url, consortium) -> None:
    """Intake accepts, the reviewer returns with a comment, the lead corrects, and on it goes."""
    with walking(chromium, url, "intake") as intake, walking(chromium, url, "reviewer") as reviewer:
        answer_checklist(intake, consortium)
        take_step(intake, consortium, "Accept for review")
        page = reviewer.page
        page.goto(f"/admin/filings/consortium/{consortium.pk}/change/")
        page.locator("#section-focus a").first.click()
        page.locator("#panel textarea[name=text]").fill("请补充可考核的量化指标。")
        assert page.input_value("#panel [name=about]") == "focus"
        page.locator("#comment-form button").first.click()
        page.wait_for_load_state()
        take_step(reviewer, consortium, "Return for correction")
        consortium.refresh_from_db()
        assert consortium.status == "returned"
        with walking(chromium, url) as lead:
            lead.sign_in("star", "a password for tests-long")
            lead.page.goto(f"/filings/{consortium.pk}/focus/")
            lead.sees("请补充可考核的量化指标。")
            lead.page.fill("[name=goals]", TEXT + "三年内形成三项国家标准。")
            lead.press("Save")
            lead.page.locator("textarea[name$=text]").first.fill("已补充量化指标。")
            lead.press("Save the answer")
            lead.page.goto(f"/filings/{consortium.pk}/check/")
            lead.page.check("[name=truth]")
            lead.page.fill("[name=signed_name]", "甲示例")
            lead.press("Submit the filing")
            lead.sees("Submitted. The bureau has it now.")
        answer_checklist(intake, consortium)
        take_step(intake, consortium, "Accept for review")
        page.goto(f"/admin/filings/consortium/{consortium.pk}/change/")
        reviewer.sees("三年内形成三项国家标准")
        answer_checklist(reviewer, consortium)
        take_step(reviewer, consortium, "Recommend")
    with walking(chromium, url, "decider") as decider:
        take_step(decider, consortium, "Publish for objections")
    with walking(chromium, url) as visitor:
        visitor.page.goto("/public-notices/")
        visitor.sees(consortium.name)


def verify_certificate(chromium, url, consortium) -> None:
    """Download the certificate, read its text and its QR code, and follow the code."""
    with walking(chromium, url) as lead:
        lead.sign_in("star", "a password for tests-long")
        lead.page.goto(f"/filings/{consortium.pk}/")
        with lead.page.expect_download() as download:
            lead.page.get_by_role("link", name="Certificate (PDF)").click()
        pdf = pypdfium2.PdfDocument(download.value.path())
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    plain = "".join(text.split())
    assert consortium.filing_number in plain
    assert "2026年" in plain
    assert "示例江东理工大学" in plain
    pictures = [page.render(scale=3).to_pil() for page in pdf]
    codes = [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]
    assert codes == [f"{url}/verify/{consortium.verification_code}/"]
    look_up(chromium, url, consortium, "Valid: this consortium is filed")


def look_up(chromium, url, consortium, words: str) -> None:
    """What the verification page and the register say to anybody."""
    with walking(chromium, url) as visitor:
        visitor.page.goto(f"/verify/{consortium.verification_code}/")
        visitor.sees(words)
        visitor.page.goto(f"/register/{consortium.filing_number}/")
        visitor.sees("Expired" if "over" in words else "Active")


def report_it(chromium, url, consortium) -> None:
    """The bureau calls with two officers, the lead reports in seven parts, the reviewer accepts."""
    with walking(chromium, url, "reviewer") as reviewer:
        page = reviewer.page
        page.goto("/admin/reports/reportcall/add/")
        for name, value in {
            "reporting_year": "2026", "plan_year": "2028", "title": "关于报送2026年度总结报告的通知",
            "opens_on": "2027-03-01", "due_on": "2027-12-30",
        }.items():  # fmt: skip
            page.fill(f"[name={name}]", value)
        page.locator("[name=_continue]").click()
        page.wait_for_load_state()
        with walking(chromium, url, "decider") as decider:
            decider.page.goto(page.url)
            decider.follow("Publish the call")
            decider.press("Publish the call")
        assert ReportCall.objects.get().published_at
        report = AnnualReport.objects.get(consortium=consortium)
        with walking(chromium, url) as lead:
            lead.sign_in("star", "a password for tests-long")
            write_report(lead, report)
        page.goto(f"/admin/reports/annualreport/{report.pk}/change/")
        reviewer.follow("Accept the report")
        reviewer.press("Accept the report")
    report.refresh_from_db()
    assert report.status == "accepted"


def write_report(lead, report) -> None:
    page = lead.page
    for part in report.units.exclude(member=None):
        page.goto(f"/reports/{report.pk}/units/{part.pk}/")
        page.fill("[name=reason]", "该单位正在办理名称变更，数据由牵头单位汇总。")
        lead.press("Go on without")
        lead.sees("The report goes on without this unit's sign-off.")
    own = report.units.get(member=None)
    page.goto(f"/reports/{report.pk}/units/{own.pk}/")
    page.fill("[name=own_funds]", "1200")
    page.fill("[name=used_labour]", "1100.50")
    lead.press("Save")
    page.goto(f"/reports/{report.pk}/construction/")
    for part in ("construction", "cooperation", "team", "funds", "tasks", "talent", "plan"):
        page.fill(f"[name={part}]", TEXT)
        if part == "team":
            page.fill("[name=team_managers]", "20")
        if part == "tasks":
            for box in page.locator("select[name$=state]").all():
                box.select_option("reached")
        if part == "plan":
            page.fill("[name=plan_milestones-0-title]", "完成中试")
            page.fill("[name=plan_milestones-0-due_on]", "2027-10-31")
        lead.press("Save and continue")
    lead.sees("Nothing stands in the way")
    page.check("[name=truth]")
    page.fill("[name=signed_name]", "甲示例")
    lead.press("Submit the report")
    lead.sees("Submitted. The bureau has it now.")
