"""Two deciding officers act on one filing in the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from filings.models import Consortium, Event, Letter, NoticeEntry
from filings.states import Action, Status
from tests.factories import ConsortiumFactory
from tests.people import as_
from tests.reviews.test_moves import end_notice

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PAIRS = [
    (Action.PUBLISH, Action.PUBLISH),
    (Action.FILE, Action.FILE),
    (Action.REJECT, Action.REJECT),
    (Action.FILE, Action.REJECT),
]
SOURCE = {Action.PUBLISH: "recommended", Action.FILE: "public_notice", Action.REJECT: "recommended"}
GIVEN = {"reason": "经集体研究决定。", "clause": "3.1"}


def alike(rounds: int, actions) -> list[Consortium]:
    """So many filings that wait for the same decision."""
    first = ConsortiumFactory(**{SOURCE[actions[0]]: True})
    if first.notice_ends_on:
        end_notice(first)
        first.refresh_from_db()
    fields = {f.attname: getattr(first, f.attname) for f in Consortium._meta.concrete_fields}
    copies = [Consortium(**fields | {"id": None}) for _round in range(rounds)]
    return Consortium.objects.bulk_create(copies)


def decide(client: Client, action: Action, filings, start: Barrier) -> list:
    """Post the decision on each filing, each time at the same moment as the other officer."""
    answers = []
    try:
        for filing in filings:
            start.wait(timeout=60)
            data = GIVEN | {"expected_version": filing.version}
            answers.append(client.post(f"/admin/filings/consortium/{filing.pk}/{action}/", data))
    except BaseException:
        start.abort()
        raise
    finally:
        connection.close()
    return answers


def race(rounds: int, actions, deciders) -> None:
    filings, start = alike(rounds, actions), Barrier(2)
    clients = [as_(decider) for decider in deciders]
    with ThreadPoolExecutor(2) as pool:
        tries = [
            pool.submit(decide, client, action, filings, start)
            for client, action in zip(clients, actions, strict=True)
        ]
        answers = [one.result() for one in tries]
    for filing, pair in zip(filings, zip(*answers, strict=True), strict=True):
        assert sorted(answer.status_code for answer in pair) == [200, 302]
        event = Event.objects.get(consortium=filing, action__in=actions)
        winner = next(n for n, answer in enumerate(pair) if answer.status_code == 302)
        assert (event.actor, event.action) == (deciders[winner], actions[winner])
        told = pair[1 - winner].text
        assert str(deciders[winner]) in told
        assert GIVEN["reason"] in told, "nothing typed is lost"
        filing.refresh_from_db()
        assert filing.decided_by == deciders[winner]
    _leaves_no_trace_of_the_second(filings)


def _leaves_no_trace_of_the_second(filings) -> None:
    """As many papers as decisions, numbered without a gap."""
    found = Consortium.objects.filter(pk__in=[filing.pk for filing in filings])
    published = found.filter(status=Status.PUBLIC_NOTICE).count()
    assert NoticeEntry.objects.filter(consortium__in=found).count() == published
    letters = Letter.objects.filter(consortium__in=found)
    assert letters.count() == found.filter(status__in=["active", "rejected"]).count()
    serials = sorted(letters.values_list("serial", flat=True))
    assert serials == list(range(1, len(serials) + 1))
    numbers = sorted(found.filter(status="active").values_list("filing_serial", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(letters.values_list("year", flat=True)) <= {timezone.localdate().year}


@pytest.mark.postgresql
@pytest.mark.parametrize("actions", PAIRS, ids="-".join)
def test_of_two_deciders_one_wins_a_hundred_times(actions, decider, decider2):
    race(100, actions, (decider, decider2))


@pytest.mark.parametrize("actions", PAIRS, ids="-".join)
def test_of_two_deciders_one_wins(actions, decider, decider2):
    race(3, actions, (decider, decider2))
