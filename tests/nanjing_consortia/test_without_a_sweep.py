"""The end of a term is a fact of the calendar (clause 5.1): at 00:00 of the next day in Shanghai it is
true on every page, in every file and for every rule, though no sweep ever ran."""

import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.test import Client

from filings.change_editing import begin
from filings.models import ChangeDuty, Consortium, Event, SweepRun
from filings.permissions import actions_for, may_take
from filings.refusals import Refused
from filings.states import Action, Status
from filings.transitions import perform
from reports.calls import owed_by
from reports.models import AnnualReport
from reviews.queue import cards
from reviews.rows import rows
from tests.casework import duty_of
from tests.factories import ConsortiumFactory, upheld_case
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENGLISH = {"Accept-Language": "en"}
FILED_ON, LAST = date(2026, 3, 2), date(2029, 3, 2)
NEXT = LAST + timedelta(days=1)
LAST_SECOND = datetime(2029, 3, 2, 15, 59, 59, tzinfo=UTC)
FIRST_SECOND = datetime(2029, 3, 2, 16, 0, 0, tzinfo=UTC)


@pytest.fixture
def consortium(lead_owner):
    return ConsortiumFactory(
        active=True,
        on=FILED_ON,
        lead_unit=lead_owner.memberships.get().unit,
        created_by=lead_owner,
    )


@pytest.fixture(autouse=True)
def nothing_ever_recorded_it():
    yield
    assert not Event.objects.filter(action=Action.EXPIRE).exists()
    assert not SweepRun.objects.exists()


@pytest.fixture(params=[(LAST_SECOND, Status.ACTIVE), (FIRST_SECOND, Status.EXPIRED)], ids=str)
def moment(request, time_machine, consortium):
    """The last second of the term and the one after it, by a clock that runs in UTC."""
    now, state = request.param
    assert consortium.ends_on == LAST
    time_machine.move_to(now, tick=False)
    return state


def test_the_register_its_filter_its_entry_and_the_home_page(moment, consortium, client):
    other = {Status.ACTIVE: Status.EXPIRED, Status.EXPIRED: Status.ACTIVE}[moment]
    found = client.get("/register/", {"state": moment.value}).context["page_obj"]
    assert list(found) == [consortium]
    assert not list(client.get("/register/", {"state": other.value}).context["page_obj"])
    entry = client.get(f"/register/{consortium.filing_number}/", headers=ENGLISH)
    assert (entry.context["state"], str(moment.label) in entry.text) == (moment, True)
    assert client.get("/").context["running"] == (moment == Status.ACTIVE)


def test_verification_and_the_certificate_lead_to_the_state_of_the_moment(
    moment, consortium, client
):
    page = client.get(f"/verify/{consortium.verification_code}/", headers=ENGLISH)
    assert page.context["state"] == moment


def test_the_pages_of_the_lead_unit(moment, consortium, lead_owner):
    client = as_(lead_owner)
    assert client.get(f"/filings/{consortium.pk}/").context["state"] == moment
    (row,) = client.get("/filings/").context["rows"]
    assert row.state == moment
    shown = client.get("/").context["rows"]
    assert [row.consortium for row in shown] == ([consortium] if moment == Status.ACTIVE else [])
    listed = [d for _m, found in client.get("/calendar/").context["months"] for d in found]
    assert bool(listed) == (moment == Status.ACTIVE)


def test_what_is_taken_out_as_a_file(moment, consortium, lead_owner, auditor):
    exported = as_(lead_owner).get(f"/filings/{consortium.pk}/filing.json")
    assert json.loads(exported.getvalue())["record"]["status"] == moment.value
    sheet = as_(auditor).get("/admin/filings/consortium/export/filings.xlsx", {"queue": "all"})
    book = openpyxl.load_workbook(BytesIO(sheet.getvalue()), read_only=True)
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert {"运行中": Status.ACTIVE, "期满终止": Status.EXPIRED}.keys() & set(cells) == {
        {Status.ACTIVE: "运行中", Status.EXPIRED: "期满终止"}[moment]
    }


def test_the_bureaus_lists_and_its_desk(moment, consortium, auditor, decider):
    client = as_(auditor)
    for state in (Status.ACTIVE, Status.EXPIRED):
        found = client.get("/admin/filings/consortium/", {"state": state.value}).context["cl"]
        assert found.result_count == (state == moment)
    (row,) = rows(Consortium.objects.for_list().prefetch_related("assignments"))
    assert row.state == moment.value
    moves = {str(move.action) for move, _answer in actions_for(decider, consortium)}
    assert moves == ({"terminate", "revoke"} if moment == Status.ACTIVE else set())
    assert cards(auditor)


def test_no_move_is_permitted_or_taken_when_the_term_is_over(moment, consortium, decider):
    allowed = bool(may_take(decider, Action.TERMINATE, consortium))
    assert allowed == (moment == Status.ACTIVE)
    if not allowed:
        with pytest.raises(Refused):
            perform(
                consortium.pk, Action.TERMINATE, actor=decider, reason="x",
                closing_reason="completed",
            )  # fmt: skip
        consortium.refresh_from_db()
        assert (consortium.status, consortium.state) == (Status.ACTIVE, Status.EXPIRED)


def test_no_change_is_reported_any_more_and_none_is_asked_for(moment, consortium, lead_owner):
    duty_of(upheld_case(consortium, consortium.members.first().unit))
    assert ChangeDuty.objects.open().exists() == (moment == Status.ACTIVE)
    address = f"/filings/{consortium.pk}/changes/add/"
    assert (address in as_(lead_owner).get(f"/filings/{consortium.pk}/").text) == (
        moment == Status.ACTIVE
    )
    if moment == Status.EXPIRED:
        with pytest.raises(Refused):
            begin(consortium, user=lead_owner, kind="mechanism")


def test_no_report_is_owed_any_more(lead_owner, time_machine):
    report = report_of(lead_owner)
    ends = report.consortium.ends_on
    midnight = datetime(ends.year, ends.month, ends.day, tzinfo=SHANGHAI) + timedelta(days=1)
    for second, owed in ((midnight - timedelta(seconds=1), 1), (midnight, 0)):
        time_machine.move_to(second, tick=False)
        duties = as_(lead_owner).get("/").context["duties"]
        assert [duty.url for duty in duties].count(f"/reports/{report.pk}/") == owed
        assert owed_by(report.call).count() == owed
        assert AnnualReport.objects.missing_on(second.date()).count() == owed


def test_the_query_of_a_day_and_the_object_say_the_same(consortium):
    for day, state in ((LAST, Status.ACTIVE), (NEXT, Status.EXPIRED)):
        assert consortium.state_on(day) == state
        for status in Status:
            found = Consortium.objects.in_state(status, day).exists()
            assert found == (status == state)
        assert Consortium.objects.running_on(day).exists() == (state == Status.ACTIVE)
        assert Consortium.objects.not_over_on(day).exists() == (state == Status.ACTIVE)


def test_the_public_needs_no_account_for_any_of_it(consortium, time_machine):
    time_machine.move_to(FIRST_SECOND, tick=False)
    page = Client().get(f"/verify/{consortium.verification_code}/", headers=ENGLISH)
    assert str(Status.EXPIRED.label) in page.text
