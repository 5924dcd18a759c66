"""A unit's own part: filled in and signed off by its people, or gone on without by the lead."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from filings.refusals import NotPermitted, Refused
from notices.models import Message
from reports.models import ReportEvent
from reports.models.unit import FIGURES
from reports.states import Action, Entry, Status
from reports.transitions import perform
from reports.unit_services import (
    digest_of,
    save_unit,
    skip_unit,
)
from tests.counted import queries
from tests.factories import MemberFactory
from tests.people import as_, belonging_to
from tests.reports.factories import fill, signed
from tests.sent import untouched

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def url(name: str, part, *args) -> str:
    return reverse(f"reports:{name}", args=[part.report_id, part.pk, *args])


def posted(client, part) -> dict:
    return untouched(client.get(url("unit", part)).context["form"])


@pytest.mark.parametrize("cast", ["member_user", "lead_owner"])
def test_its_people_and_the_lead_fill_it_in(cast, part, request):
    client = as_(request.getfixturevalue(cast))
    assert "Prefilled" in client.get(url("unit", part), headers={"Accept-Language": "en"}).text
    data = posted(client, part) | {
        "own_funds": "１,２３４.５０",
        "rd_staff": " 12 ",
        "work": "联合试制",
    }
    assert client.post(url("unit", part), data).status_code == 302
    part.refresh_from_db()
    assert (part.own_funds, part.rd_staff, part.work) == (Decimal("1234.50"), 12, "联合试制")
    assert part.saved_at is not None
    assert part.saved_by == request.getfixturevalue(cast)


def test_a_save_without_a_change_confirms_what_was_prefilled(part, member_user):
    client = as_(member_user)
    client.post(url("unit", part), posted(client, part))
    part.refresh_from_db()
    assert part.saved_at is not None


def test_the_page_saves_itself_and_keeps_what_is_wrong(part, member_user):
    client = as_(member_user)
    data = posted(client, part) | {"autosave": "1", "own_funds": "5", "income": "viel"}
    answer = client.post(url("unit", part), data, headers=HTMX)
    assert answer.status_code == 200
    part.refresh_from_db()
    assert (part.own_funds, part.income) == (Decimal(5), None)
    assert 'id="seen-own_funds"' in answer.text
    assert 'id="seen-income"' not in answer.text


def test_two_people_at_one_part_overwrite_nothing(part, member_user, lead_owner):
    client = as_(member_user)
    data = posted(client, part) | {"work": "我的文字", "own_funds": "7"}
    save_unit(part, user=lead_owner, fields={"work": "牵头的文字", "doctors": 3})
    page = client.post(url("unit", part), data)
    part.refresh_from_db()
    assert (part.work, part.own_funds, part.doctors) == ("牵头的文字", Decimal(7), 3)
    assert [clash.name for clash in page.context["clashes"]] == ["work"]
    assert "我的文字" in page.text


def test_it_is_signed_off_with_who_and_when(part, member_user):
    client = as_(member_user)
    page = client.get(url("unit", part))
    data = untouched(page.context["sign"]) | {"signed_name": " 乙示例 "}
    assert client.post(url("sign", part), data).status_code == 302
    part.refresh_from_db()
    assert (part.signed_by, part.signed_name) == (member_user, "乙示例")
    event = ReportEvent.objects.get()
    assert (event.action, event.data["unit"]) == (Entry.SIGNED, part.name)


def test_a_later_edit_takes_the_sign_off_back(part, member_user, lead_owner):
    signed(part, member_user)
    save_unit(part, user=lead_owner, fields={"work": ""})
    part.refresh_from_db()
    assert part.signed_at is not None
    save_unit(part, user=lead_owner, fields={"work": "改过"})
    part.refresh_from_db()
    assert (part.signed_at, part.signed_by, part.signed_name) == (None, None, "")
    assert ReportEvent.objects.last().action == Entry.REOPENED


def test_nothing_is_signed_that_the_page_did_not_show(part, member_user, lead_owner):
    client = as_(member_user)
    data = untouched(client.get(url("unit", part)).context["sign"]) | {"signed_name": "乙示例"}
    save_unit(part, user=lead_owner, fields={"income": Decimal(9)})
    page = client.post(url("sign", part), data, follow=True)
    assert page.redirect_chain[-1][0] == url("unit", part)
    assert list(page.context["messages"])
    part.refresh_from_db()
    assert part.signed_at is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_sign_off_needs_a_name(name, part, member_user):
    data = {"signed_name": name, "shown": digest_of(part)}
    assert as_(member_user).post(url("sign", part), data).status_code == 422
    part.refresh_from_db()
    assert part.signed_at is None


def test_the_lead_signs_for_no_member_and_no_member_for_another(part, lead_owner, member_user):
    other = part.report.units.exclude(member=None).exclude(pk=part.pk).get()
    for user, theirs in ((lead_owner, part), (member_user, other)):
        with pytest.raises(NotPermitted):
            signed(theirs, user)
    with pytest.raises(NotPermitted):
        signed(part.report.units.get(member=None), lead_owner)


def test_the_lead_goes_on_without_a_member_and_says_why(part, lead_owner, member_user):
    client = as_(lead_owner)
    assert client.post(url("skip", part), {"reason": " "}).status_code == 422
    assert client.post(url("skip", part), {"reason": "该单位正在更名。"}).status_code == 302
    part.refresh_from_db()
    assert part.skipped_reason == "该单位正在更名。"
    assert ReportEvent.objects.get().reason == "该单位正在更名。"
    with pytest.raises(NotPermitted):
        skip_unit(part, user=member_user, reason="x")


def test_a_report_is_not_submitted_while_a_member_is_missing(part, lead_owner):
    report = part.report
    fill(report)
    report.units.filter(pk=part.pk).update(signed_at=None, signed_by=None, signed_name="")
    with pytest.raises(Refused) as told:
        perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert part.name in str(told.value.message)
    skip_unit(part, user=lead_owner, reason="该单位正在更名。")
    perform(report.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_no_member_reads_the_part_of_another_or_the_whole(part, member_user):
    client = as_(member_user)
    other = part.report.units.exclude(member=None).exclude(pk=part.pk).get()
    lead = part.report.units.get(member=None)
    assert client.get(url("unit", other)).status_code == 404
    assert client.get(url("unit", lead)).status_code == 404
    assert client.get(reverse("reports:detail", args=[part.report_id])).status_code == 404
    assert client.get(reverse("reports:own", args=[part.report_id])).url == url("unit", part)
    assert url("unit", part) in client.get(reverse("reports:mine")).text


def test_a_reader_of_the_member_reads_and_changes_nothing(part, member_user):
    reader = belonging_to(part.unit, "member_reader", Membership.Role.READER)
    client = as_(reader)
    page = client.get(url("unit", part))
    assert page.status_code == 200
    assert page.context["sign"] is None
    assert "data-keep" not in page.text
    assert client.post(url("unit", part), {"work": "x"}).status_code == 404
    assert client.post(url("sign", part), {"signed_name": "x"}).status_code == 404


def test_what_lies_with_the_bureau_is_read_by_officers_and_edited_by_nobody(
    part, member_user, lead_owner, auditor
):
    assert as_(auditor).get(url("unit", part)).status_code == 404
    fill(part.report)
    perform(part.report_id, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert as_(auditor).get(url("unit", part)).status_code == 200
    for user in (member_user, lead_owner, auditor):
        assert as_(user).post(url("unit", part), {"work": "x"}).status_code == 404
    with pytest.raises(NotPermitted):
        save_unit(part, user=lead_owner, fields={"work": "x"})


def test_the_members_that_are_missing_are_asked_once_a_day(part, lead_owner, member_user):
    client = as_(lead_owner)
    for _press in range(2):
        client.post(reverse("reports:ask", args=[part.report_id]))
    assert Message.objects.filter(recipient=member_user, kind="report_unit").count() == 1
    signed(part, member_user)
    page = client.get(
        reverse("reports:detail", args=[part.report_id]), headers={"Accept-Language": "en"}
    )
    assert "乙示例" in page.text


@pytest.mark.parametrize("members", [0, 10])
def test_a_part_is_saved_within_twelve_queries_however_many_units(members, part, member_user):
    for _member in range(members):
        MemberFactory(consortium=part.report.consortium)
    for number in range(40 if members else 1):
        part.report.projects.create(title=f"项目{number}", unit=part.unit, stage="running")
    client = as_(member_user)
    data = posted(client, part) | dict.fromkeys(FIGURES, "7")
    with CaptureQueriesContext(connection) as asked:
        assert client.post(url("unit", part), data).status_code == 302
    assert len(queries(asked)) <= 12, "\n".join(queries(asked))
