"""Two reviewing officers judge one report in the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from accounts.roles import Role
from notices.models import Message
from reports.states import Action, Status
from tests.people import as_, officer
from tests.reports.factories import ask, report_of

pytestmark = pytest.mark.django_db(transaction=True)


def judge(client, report, action: Action, start: Barrier):
    try:
        start.wait(timeout=60)
        address = reverse(f"admin:reports_annualreport_{action}", args=[report.pk])
        return client.post(address, {"expected_version": report.version})
    finally:
        connection.close()


@pytest.mark.parametrize("action", [Action.ACCEPT, Action.RETURN])
def test_one_of_two_judgements_is_taken_and_the_other_officer_is_told(action, lead_owner, reviewer):
    report = report_of(lead_owner, status=Status.SUBMITTED)
    if action == Action.RETURN:
        ask(report, reviewer)
    clients = [as_(reviewer), as_(officer("reviewer2", Role.REVIEWER))]
    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(judge, client, report, action, start) for client in clients]
        answers = [found.result() for found in tries]
    taken, refused = sorted(answers, key=lambda answer: -answer.status_code)
    assert taken.status_code == 302
    assert refused.context["refusal"]
    moved = report.events.exclude(action=Action.SUBMIT)
    assert moved.count() == 1
    report.refresh_from_db()
    assert report.status == moved.get().to_status
    told = Message.objects.filter(recipient=lead_owner, key=f"report-event:{moved.get().pk}")
    assert told.count() == 1
