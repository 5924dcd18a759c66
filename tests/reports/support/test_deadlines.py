"""Until when a returned request is to be completed: in the calendar, and reminded of once a rung."""

from datetime import timedelta

import pytest
from django.urls import reverse

from filings.models import Policy
from notices.models import Message
from reports.support.kinds import Kind
from reports.support.states import Action, Status
from reports.sweep import run
from tests.people import as_
from tests.reports.support.factories import move, request_of

pytestmark = pytest.mark.django_db


def shown(user, **asked) -> list[str]:
    page = as_(user).get("/calendar/", asked)
    found = [row["deadline"] for _month, rows in page.context["months"] for row in rows]
    return [deadline.url for deadline in found if deadline.kind == "support_completion"]


def test_it_stands_in_the_calendar_of_its_unit_and_of_no_other(running, lead_owner, member_user):
    unit = member_user.memberships.get().unit
    found = request_of(
        member_user, kind=Kind.TALENT_PLAN, consortium=running, unit=unit, status=Status.RETURNED
    )
    assert shown(member_user) == [reverse("support:detail", args=[found.pk])]
    assert shown(lead_owner) == []


def test_the_bureau_sees_it_with_the_filing(lead_owner, auditor):
    found = request_of(lead_owner, status=Status.RETURNED)
    assert len(shown(auditor, filing=found.consortium_id)) == 1
    move(found, Action.SUBMIT, lead_owner)
    assert shown(auditor, filing=found.consortium_id) == []


def test_each_rung_reminds_its_unit_once_until_it_is_sent(lead_owner, lead2_owner):
    found = request_of(lead_owner, status=Status.RETURNED)
    policy = Policy.objects.in_force()
    for days in range(20, -1, -1):
        run(found.correction_due_on - timedelta(days=days))
        run(found.correction_due_on - timedelta(days=days))
    told = Message.objects.filter(kind="support_reminder")
    assert told.count() == len(policy.rungs(policy.correction_reminder_days))
    assert {message.recipient for message in told} == {lead_owner}
    assert found.title in told.first().body


def test_what_was_sent_again_is_not_reminded_of(lead_owner):
    found = request_of(lead_owner, status=Status.RETURNED)
    due = found.correction_due_on
    move(found, Action.SUBMIT, lead_owner)
    run(due)
    assert not Message.objects.filter(kind="support_reminder").exists()
