"""Two people act on one request in the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from reports.models import SupportRequest
from reports.support.states import Action, Status
from tests.people import as_
from tests.reports.support.factories import REASON, request_of

pytestmark = pytest.mark.django_db(transaction=True)

DECISIONS = [
    (Action.RECOMMEND, Action.RECOMMEND),
    (Action.RECOMMEND, Action.DECLINE),
    (Action.FORWARD, Action.DECLINE),
]


def at_once(*acts) -> list:
    """What each of the acts gave, all begun at the same moment."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=60)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(run, act) for act in acts]]


@pytest.mark.parametrize("actions", DECISIONS, ids="-".join)
def test_of_two_deciders_one_wins(actions, lead_owner, decider, decider2):
    found = request_of(lead_owner, status=Status.ASSESSED)
    deciders = (decider, decider2)
    data = {"expected_version": found.version, "reason": REASON}

    def deciding(who, action):
        address = reverse(f"admin:reports_supportrequest_{action}", args=[found.pk])
        client = as_(who)
        return lambda: client.post(address, data)

    answers = at_once(*(deciding(*pair) for pair in zip(deciders, actions, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    winner = next(n for n, answer in enumerate(answers) if answer.status_code == 302)
    event = found.events.get(action__in=actions)
    assert (event.actor, event.action) == (deciders[winner], actions[winner])
    told = answers[1 - winner].text
    assert str(deciders[winner]) in told
    assert REASON in told, "nothing typed is lost"
    assert SupportRequest.objects.get().decided_by == deciders[winner]


def test_a_request_that_is_withdrawn_while_it_is_decided_goes_one_way(lead_owner, decider):
    found = request_of(lead_owner, status=Status.ASSESSED)
    data = {"expected_version": found.version, "reason": REASON}
    withdraw = reverse("support:withdraw", args=[found.pk])
    decline = reverse("admin:reports_supportrequest_decline", args=[found.pk])
    asker, officer = as_(lead_owner), as_(decider)
    at_once(lambda: asker.post(withdraw), lambda: officer.post(decline, data))
    found.refresh_from_db()
    (event,) = found.events.filter(action__in=(Action.WITHDRAW, Action.DECLINE))
    assert found.status == event.to_status
