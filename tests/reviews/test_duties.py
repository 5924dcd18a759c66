"""What a record against a member asks of the consortium: asked, reminded of, done or closed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from filings.change_transitions import perform as perform_change
from filings.models import ChangeDuty, CreditRecord, Policy
from filings.sweep import run
from filings.transitions import perform
from filings.workdays import add_workdays, first_day_with
from tests.casework import duty_of, opened, upheld, what_happened
from tests.changes import reported
from tests.factories import ConsortiumFactory, upheld_case
from tests.people import as_
from tests.reviews.test_credit import messages_to

pytestmark = pytest.mark.django_db

DUTIES = "/admin/filings/changeduty/"


@pytest.fixture
def duty(filing, member_user, reviewer, decider):
    case = opened(filing, reviewer, member_user.memberships.get().unit)
    upheld(case, member_user, reviewer, decider)
    return ChangeDuty.objects.get()


def test_a_member_on_record_is_to_be_replaced(duty, filing, lead_owner, member_user, reviewer):
    days = Policy.objects.in_force().member_change_days
    decided = timezone.localdate(duty.case.decided_at)
    assert duty.due_on == add_workdays(decided, days)
    assert messages_to(lead_owner, "duty_asked").get().url == f"/filings/{filing.pk}/"
    page = as_(lead_owner).get(f"/filings/{filing.pk}/")
    assert [asked["duty"] for asked in page.context["duties"]] == [duty]
    assert as_(member_user).get(f"/filings/{filing.pk}/").context["duties"] == []
    desk = as_(reviewer).get(f"/admin/filings/consortium/{filing.pk}/change/?tab=history").text
    assert f"{DUTIES}{duty.pk}/change/" in desk
    assert what_happened(duty.case)[-2:] == ["upheld", "duty"]


def test_it_is_owed_on_the_front_page_by_those_who_act_for_the_lead(
    duty, filing, lead_owner, lead_reader, member_user
):
    (owed,) = as_(lead_owner).get(reverse("home")).context["duties"]
    assert (owed.about, owed.due) == (filing.name, duty.due_on)
    assert duty.member.name in owed.text
    form = as_(lead_owner).get(owed.url).context["form"]
    assert (form["kind"].value(), int(form["member"].value())) == ("leave", duty.member_id)
    for other in (lead_reader, member_user):
        assert as_(other).get(reverse("home")).context["duties"] == []
    page = as_(lead_reader).get(f"/filings/{filing.pk}/")
    assert [asked["duty"] for asked in page.context["duties"]] == [duty]
    assert reverse("filings:change_add", args=[filing.pk]) not in page.text


def test_no_duty_where_nothing_runs(filing, member_user, reviewer, decider):
    case = opened(filing, reviewer, member_user.memberships.get().unit)
    perform(filing.pk, "terminate", actor=decider, reason="x", closing_reason="completed")
    upheld(case, member_user, reviewer, decider)
    assert not ChangeDuty.objects.exists()
    assert CreditRecord.objects.exists()


def test_the_leaving_of_that_member_ends_the_duty(duty, filing, lead_owner, reviewer):
    client = as_(lead_owner)
    address = f"/filings/{filing.pk}/changes/add/"
    form = client.get(address, {"kind": "leave", "member": duty.member_id}).context["form"]
    assert (form["kind"].value(), int(form["member"].value())) == ("leave", duty.member_id)
    reported(filing, user=lead_owner, effective_on=timezone.localdate())
    duty.refresh_from_db()
    assert duty.is_open
    leaves = {"kind": "leave", "member": duty.member, "effective_on": timezone.localdate()}
    change = reported(filing, user=lead_owner, **leaves)
    duty.refresh_from_db()
    assert duty.change == change
    assert what_happened(duty.case)[-1] == "duty_done"
    assert not ChangeDuty.objects.open().exists()
    perform_change(change.pk, "return", actor=reviewer, reason="请补盖公章。")
    duty.refresh_from_db()
    assert duty.is_open
    assert what_happened(duty.case)[-1] == "duty_again"


def test_the_bureau_closes_a_duty_with_a_reason_once(duty, lead_owner, intake, decider):
    address = f"{DUTIES}{duty.pk}/close/"
    assert as_(intake).post(address, {"reason": "x"}).status_code == 404
    client = as_(decider)
    assert client.post(address, {"reason": ""}).context["form"].errors
    client.post(address, {"reason": "该成员已注销。"})
    duty.refresh_from_db()
    assert (duty.closed_by, duty.closed_reason) == (decider, "该成员已注销。")
    assert messages_to(lead_owner, "duty_closed").exists()
    assert client.post(address, {"reason": "再次"}).context["refusal"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeDuty.objects.update(closed_reason="")


def test_a_duty_is_reminded_of_and_the_bureau_told_when_it_is_late(duty, lead_owner, reviewer):
    rungs = Policy.objects.in_force().duty_ladder.rungs
    for days in range(max(rungs) + 1, -3, -1):
        day = first_day_with(days, duty.due_on) if days > 0 else duty.due_on
        run(day + timedelta(days=max(0, -days)))
    assert messages_to(lead_owner, "duty_reminder").count() == len(rungs)
    assert messages_to(reviewer, "duty_overdue").count() == 1
    late = as_(reviewer).get(DUTIES, {"open": "late"}).context["cl"]
    assert late.result_count == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_duties_asks_a_constant_number_of_questions(
    rows, auditor, django_assert_num_queries
):
    for _number in range(rows):
        filing = ConsortiumFactory(active=True)
        duty_of(upheld_case(filing, filing.members.first().unit))
    client = as_(auditor)
    client.get(DUTIES)
    with django_assert_num_queries(4):
        page = client.get(DUTIES)
    assert len(page.context["cl"].result_list) == rows
