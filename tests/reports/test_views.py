"""The lead unit's pages of a report: saved as far as it goes, refused with words, 404 to others."""

from decimal import Decimal

import pypdfium2
import pytest
from django.urls import reverse

from reports.models import AnnualReport
from reports.parts import Part
from reports.services import save_part
from reports.states import Status
from tests.people import as_
from tests.reports.factories import report_of
from tests.sent import untouched

pytestmark = pytest.mark.django_db

SIGNED = {"truth": "1", "signed_name": "甲示例"}


def url(name: str, report, *args) -> str:
    return reverse(f"reports:{name}", args=[report.pk, *args])


def posted(client, report, part: str) -> dict:
    """What a browser would send back from the page of a part, untouched."""
    page = client.get(url("part", report, part))
    return untouched(page.context["form"], *filter(None, [page.context["rows"]]))


@pytest.mark.parametrize("part", Part.values)
def test_every_part_saves_incomplete(part, lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    answer = client.post(url("part", report, part), posted(client, report, part))
    assert answer.status_code == 302
    assert answer.url == url("part", report, part)
    report.refresh_from_db()
    assert report.saved_parts == [part]
    assert report.status == Status.DRAFT


@pytest.mark.parametrize(
    ("part", "following"), list(zip(Part.values, Part.values[1:], strict=False))
)
def test_save_and_continue_leads_to_the_next_part(part, following, lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, part) | {"next": "1"}
    assert client.post(url("part", report, part), data).url == url("part", report, following)


def test_after_the_last_part_comes_the_whole(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "plan") | {"next": "1", "plan": "继续攻关。"}
    assert client.post(url("part", report, "plan"), data).url == url("detail", report)
    assert AnnualReport.objects.get().plan == "继续攻关。"


def test_figures_are_taken_as_people_write_them(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "funds") | {
        "rows-0-own_funds": "１,２３４.５０",
        "rows-0-income": " 12 ",
    }
    client.post(url("part", report, "funds"), data)
    lead = report.units.get(member=None)
    assert (lead.own_funds, lead.income) == (Decimal("1234.50"), Decimal("12"))


@pytest.mark.parametrize("bad", ["-1", "10000000000000000", "about 5", "1.005"])
def test_a_figure_that_cannot_be_stays_typed_and_unsaved(bad, lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "plan") | {"plan": "计划", "plan_funds": bad}
    page = client.post(url("part", report, "plan"), data)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"plan_funds"}
    assert f'value="{bad}"' in page.content.decode()
    assert "计划" in page.content.decode()
    assert AnnualReport.objects.get().plan == ""


def test_a_row_is_added_without_a_script_and_what_was_typed_stays(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "cooperation")
    total = int(data["rows-TOTAL_FORMS"])
    data |= {"add_row": "1", "rows-1-title": "新项目𠮷", "cooperation": "打字中"}
    page = client.post(url("part", report, "cooperation"), data)
    assert page.status_code == 200
    assert len(page.context["rows"].forms) == total + 1
    assert "新项目𠮷" in page.content.decode()
    assert "打字中" in page.content.decode()
    assert report.projects.count() == 1
    assert AnnualReport.objects.get().cooperation == ""


def test_a_project_is_added_and_another_removed(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "cooperation") | {
        "rows-0-DELETE": "on", "rows-1-title": "新项目", "rows-TOTAL_FORMS": "2",
        "rows-1-unit": str(report.consortium.lead_unit_id), "rows-1-budget": "300",
        "rows-1-stage": "running",
    }  # fmt: skip
    assert client.post(url("part", report, "cooperation"), data).status_code == 302
    assert report.projects.get().title == "新项目"


def test_who_saves_second_keeps_the_typed_text_and_overwrites_nothing(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    data = posted(client, report, "talent") | {"talent": "后来者的文字"}
    save_part(
        report.pk, user=lead_owner, part="talent", fields={"talent": "先到者的文字"},
        expected_version=report.version,
    )  # fmt: skip
    page = client.post(url("part", report, "talent"), data)
    assert page.status_code == 200
    assert "后来者的文字" in page.content.decode()
    assert page.context["form"].non_field_errors()
    assert AnnualReport.objects.get().talent == "先到者的文字"
    # Having compared, the same person may now save.
    again = data | {"version": page.context["form"]["version"].value()}
    assert client.post(url("part", report, "talent"), again).status_code == 302
    assert AnnualReport.objects.get().talent == "后来者的文字"


def test_a_justification_is_kept(lead_owner):
    report = report_of(lead_owner)
    client = as_(lead_owner)
    client.post(url("justification", report), {"rule": "projects_named", "text": " 尚未立项。 "})
    assert AnnualReport.objects.get().justifications == {"projects_named": "尚未立项。"}
    client.post(url("justification", report), {"rule": "projects_named", "text": " "})
    assert AnnualReport.objects.get().justifications == {"projects_named": "尚未立项。"}


def test_it_is_submitted_with_the_truth_confirmed_and_withdrawn(lead_owner):
    report = report_of(lead_owner, complete=True)
    client = as_(lead_owner)
    for missing in SIGNED:
        data = {name: value for name, value in SIGNED.items() if name != missing}
        assert client.post(url("submit", report), data).status_code == 422
    assert AnnualReport.objects.get().status == Status.DRAFT
    client.post(url("submit", report), SIGNED)
    client.post(url("submit", report), SIGNED)
    assert AnnualReport.objects.get().status == Status.SUBMITTED
    assert report.events.count() == 1
    client.post(url("withdraw", report))
    assert AnnualReport.objects.get().status == Status.DRAFT


def test_a_submission_posted_by_hand_past_a_block_is_refused(lead_owner):
    report = report_of(lead_owner)
    page = as_(lead_owner).post(url("submit", report), SIGNED, follow=True)
    assert AnnualReport.objects.get().status == Status.DRAFT
    assert page.status_code == 200
    assert list(page.context["messages"])


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ACCEPTED])
def test_what_lies_with_the_bureau_is_not_edited(status, lead_owner):
    report = report_of(lead_owner, status=status)
    client = as_(lead_owner)
    assert client.get(url("part", report, "plan")).status_code == 404
    assert client.post(url("part", report, "plan"), {"version": report.version}).status_code == 404


@pytest.mark.parametrize("cast", ["stranger", "lead2_owner", "member_user"])
@pytest.mark.parametrize(
    ("method", "name", "args"),
    [
        ("get", "detail", ()), ("get", "part", ("plan",)), ("post", "part", ("plan",)),
        ("get", "pdf", ()), ("post", "submit", ()), ("post", "withdraw", ()),
        ("post", "justification", ()),
    ],
)  # fmt: skip
def test_what_is_not_theirs_does_not_exist(method, name, args, cast, lead_owner, request):
    report = report_of(lead_owner)
    client = as_(request.getfixturevalue(cast))
    assert getattr(client, method)(url(name, report, *args), {"truth": "1"}).status_code == 404


@pytest.mark.parametrize("name", ["detail", "pdf"])
def test_an_officer_reads_it_once_it_was_submitted(name, lead_owner, auditor, reviewer):
    report = report_of(lead_owner, complete=True)
    assert as_(auditor).get(url(name, report)).status_code == 404
    as_(lead_owner).post(url("submit", report), SIGNED)
    assert as_(auditor).get(url(name, report)).status_code == 200
    assert as_(reviewer).post(url("withdraw", report)).status_code == 404
    assert AnnualReport.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize("rows", [1, 3])
def test_my_reports_take_the_same_queries_however_many(rows, lead_owner, django_assert_num_queries):
    for _row in range(rows):
        report_of(lead_owner)
    client = as_(lead_owner)
    with django_assert_num_queries(8):
        page = client.get(reverse("reports:mine"))
    assert len(page.context["rows"]) == rows


def test_the_print_says_what_the_report_says(lead_owner):
    report = report_of(lead_owner, complete=True)
    AnnualReport.objects.filter(pk=report.pk).update(plan="明年完成𠮷字样机。")
    answer = as_(lead_owner).get(url("pdf", report))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    pages = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    plain = "".join(text.split())
    assert report.consortium.name in plain
    assert "明年完成𠮷字样机。" in plain
    assert "2026" in plain
