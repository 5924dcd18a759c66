"""Who may ask for what, and what of state and record stands in the way, by the portal's pages."""

from datetime import date

import pytest
from django.urls import reverse

from filings.refusals import Refused
from reports.models import SupportRequest
from reports.support.kinds import Kind, is_for_members
from reports.support.states import Action, Status
from tests.casework import opened
from tests.factories import upheld_case
from tests.people import as_, belonging_to
from tests.reports.factories import report_of
from tests.reports.support.factories import move, request_of

pytestmark = pytest.mark.django_db


def url(name, found, *args):
    return reverse(f"support:{name}", args=[found.pk, *args])


def begin(client, consortium, unit, kind):
    return client.post(url("new", consortium), {"unit": unit.pk, "kind": kind})


@pytest.mark.parametrize("kind", Kind)
def test_the_lead_asks_for_everything_and_a_member_for_talents(
    kind, running, lead_owner, member_user
):
    begin(as_(lead_owner), running, running.lead_unit, kind)
    assert SupportRequest.objects.filter(unit=running.lead_unit, kind=kind).exists()
    unit = member_user.memberships.get().unit
    begin(as_(member_user), running, unit, kind)
    asked = SupportRequest.objects.filter(unit=unit, kind=kind).exists()
    assert asked == is_for_members(kind)


def test_nobody_asks_for_another_unit(running, lead_owner, member_user):
    begin(as_(member_user), running, running.lead_unit, Kind.TALENT_PLAN)
    begin(as_(lead_owner), running, member_user.memberships.get().unit, Kind.TALENT_PLAN)
    assert not SupportRequest.objects.exists()


def test_a_reader_is_told_that_it_reads(running, lead_unit):
    reader = belonging_to(lead_unit, "another_reader", "reader")
    page = as_(reader).get(url("new", running))
    assert page.context["offers"] == []
    begin(as_(reader), running, lead_unit, Kind.TASK)
    assert not SupportRequest.objects.exists()


def test_a_member_that_left_asks_for_nothing(running, member_user):
    running.members.filter(unit__memberships__user=member_user).update(left_on=date(2027, 5, 1))
    assert as_(member_user).get(url("new", running)).status_code == 404


@pytest.mark.parametrize("hindrance", ["ended", "report", "record", "case"])
def test_what_stands_in_the_way_is_said_before_anything_is_typed(
    hindrance, running, lead_owner, reviewer, first_of_june
):
    if hindrance == "ended":
        first_of_june.move_to("2029-03-03T09:00:00+08:00")
    if hindrance == "report":
        running = report_of(lead_owner).consortium
        first_of_june.move_to("2027-07-01T09:00:00+08:00")
    if hindrance == "record":
        upheld_case(running)
    if hindrance == "case":
        opened(running, reviewer)
    page = as_(lead_owner).get(url("new", running), headers={"Accept-Language": "en"})
    assert page.context["offers"][0]["hindered"]
    assert "This stands in the way" in page.text
    begin(as_(lead_owner), running, running.lead_unit, Kind.TASK)
    assert not SupportRequest.objects.exists()


def test_an_open_case_against_a_member_is_not_betrayed_to_the_lead(
    running, lead_owner, member_user, reviewer
):
    found = request_of(lead_owner, consortium=running)
    member = running.members.get(unit__memberships__user=member_user)
    found.members.set([member])
    opened(running, reviewer, member.unit)
    assert not as_(lead_owner).get(url("new", running)).context["offers"][0]["hindered"]
    page = as_(lead_owner).get(url("detail", found))
    assert page.context["open"] == 0
    move(found, Action.SUBMIT, lead_owner)
    move(found, Action.ASSESS, lead_owner)
    page = as_(reviewer).get(reverse("admin:reports_supportrequest_change", args=[found.pk]))
    assert [f.rule for f in page.context["findings"]] == ["support_no_case"]


def test_a_report_in_but_not_accepted_lets_ask_and_not_be_recommended(lead_owner):
    report = report_of(lead_owner, status="submitted")
    found = request_of(lead_owner, consortium=report.consortium, status=Status.ASSESSED)
    with pytest.raises(Refused) as told:
        move(found, Action.RECOMMEND, lead_owner)
    assert "2026" in str(told.value.message)
