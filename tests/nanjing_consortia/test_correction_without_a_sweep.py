"""The time for correction is over by the date, like a term: a filing that was not submitted again
has lapsed on every page, in every file and for every move, though no sweep ever ran."""

import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Membership
from filings.confirmation import confirm_member
from filings.ending import successor_of
from filings.models import Consortium, Event, Member, SweepRun
from filings.permissions import actions_for, may_take
from filings.refusals import NotPermitted, Refused
from filings.services import save_content
from filings.states import Action, Status
from filings.transitions import perform
from reports.statistics import stages, yearly
from reviews.rows import rows
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE = timedelta(days=1)


@pytest.fixture
def consortium(lead_owner, stranger):
    """Returned for correction; the unit of `stranger` is asked about its part."""
    consortium = ConsortiumFactory(
        returned=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    member = consortium.members.first()
    Membership.objects.create(user=stranger, unit=member.unit, role="owner")
    asked = {"confirmation": "pending", "invited_at": consortium.submitted_at}
    Member.objects.filter(pk=member.pk).update(**asked)
    return consortium


@pytest.fixture(autouse=True)
def nothing_ever_recorded_it():
    yield
    assert not Event.objects.filter(action=Action.LAPSE).exists()
    assert not SweepRun.objects.exists()


@pytest.fixture(params=[Status.RETURNED, Status.LAPSED], ids=str)
def moment(request, time_machine, consortium):
    """The last second of the time for correction and the one after it."""
    over = datetime.combine(consortium.correction_due_on + ONE, time.min, SHANGHAI)
    second = timedelta(seconds=1 if request.param == Status.RETURNED else 0)
    time_machine.move_to(over - second, tick=False)
    return request.param


def is_open(moment) -> bool:
    return moment == Status.RETURNED


def test_the_pages_of_the_lead_unit(moment, consortium, lead_owner):
    client, page = as_(lead_owner), f"/filings/{consortium.pk}/"
    shown = client.get(page)
    assert shown.context["state"] == moment
    assert bool(shown.context["due"]) == is_open(moment)
    assert (f"{page}check/" in shown.text) == is_open(moment)
    for step in ("lead/", "check/"):
        assert client.get(page + step).status_code == (200 if is_open(moment) else 404)
    (row,) = client.get("/filings/").context["rows"]
    assert row.state == moment
    home = client.get("/").context
    assert bool(home["rows"]) == bool(home["duties"]) == is_open(moment)
    listed = [d for _m, found in client.get("/calendar/").context["months"] for d in found]
    assert bool(listed) == is_open(moment)
    exported = client.get(f"{page}filing.json")
    assert json.loads(exported.getvalue())["record"]["status"] == moment.value


def test_the_member_that_was_asked(moment, consortium, stranger):
    client, member = as_(stranger), consortium.members.first()
    assert client.get(f"/filings/confirm/{member.token}/").context["asked"] == is_open(moment)
    assert bool(client.get("/").context["duties"]) == is_open(moment)
    if is_open(moment):
        confirm_member(member, user=stranger)
    else:
        with pytest.raises(Refused):
            confirm_member(member, user=stranger)


def test_the_bureaus_list_and_its_desk(moment, consortium, auditor, intake):
    client = as_(auditor)
    for state in (Status.RETURNED, Status.LAPSED):
        filters = {"queue": "all", "state": state.value}
        found = client.get("/admin/filings/consortium/", filters).context["cl"]
        assert found.result_count == (state == moment)
    (row,) = rows(Consortium.objects.for_list().prefetch_related("assignments"))
    assert (row.state, bool(row.due)) == (moment.value, is_open(moment))
    page = client.get(f"/admin/filings/consortium/{consortium.pk}/change/")
    assert bool(page.context["due"]) == is_open(moment)
    moves = {str(move.action) for move, _answer in actions_for(intake, consortium)}
    assert moves == ({"recall"} if is_open(moment) else set())


def test_no_save_and_no_move_is_taken_when_the_time_is_over(moment, consortium, lead_owner, intake):
    assert bool(may_take(lead_owner, Action.SUBMIT, consortium)) == is_open(moment)
    if is_open(moment):
        return
    with pytest.raises(NotPermitted):
        save_content(consortium.pk, user=lead_owner, fields={"goals": "迟到的修改。"})
    for actor, action in ((lead_owner, Action.SUBMIT), (intake, Action.RECALL)):
        with pytest.raises(Refused):
            perform(consortium.pk, action, actor=actor, reason="x", signed_name="甲示例")
    sent = as_(lead_owner).post(f"/filings/{consortium.pk}/submit/", {"signed_name": "甲示例"})
    assert sent.url == f"/filings/{consortium.pk}/"
    consortium.refresh_from_db()
    assert (consortium.status, consortium.state) == (Status.RETURNED, Status.LAPSED)


def test_what_lapsed_leaves_the_way_free_for_another(moment, consortium):
    earlier = ConsortiumFactory(expired=True, lead_unit=consortium.lead_unit)
    Consortium.objects.filter(pk=consortium.pk).update(predecessor=earlier)
    assert successor_of(earlier) == (consortium if is_open(moment) else None)


def test_the_statistics(moment, consortium):
    today = consortium.correction_due_on + (0 * ONE if is_open(moment) else ONE)
    assert stages.waiting(today)["returned"]["count"] == is_open(moment)
    assert yearly.count(today.year, today)["ended"]["lapsed"] == (not is_open(moment))


def test_the_query_of_a_day_and_the_object_say_the_same(consortium):
    due = consortium.correction_due_on
    for day, state in ((due, Status.RETURNED), (due + ONE, Status.LAPSED)):
        assert consortium.state_on(day) == state
        for status in Status:
            assert Consortium.objects.in_state(status, day).exists() == (status == state)
        for question in (Consortium.objects.editable_on, Consortium.objects.not_over_on):
            assert question(day).exists() == (state == Status.RETURNED)
