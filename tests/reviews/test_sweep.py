"""The bureau's own clock: who answers for it hears once of each day that passed."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from filings.standing import standing_of
from filings.states import Action
from filings.transitions import perform
from notices.models import Message
from reviews import sweep
from reviews.tasks import sweep as task
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(lead_owner):
    return ConsortiumFactory(
        submitted=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )


def told(user) -> int:
    return Message.objects.filter(kind="bureau_late", recipient=user).count()


def test_deciding_officers_are_told_once_per_deadline(filing, decider, decider2, intake, reviewer):
    sweep.run(filing.action_due_on)
    assert told(decider) == 0
    late = filing.action_due_on + timedelta(days=1)
    for _night in range(3):
        sweep.run(late)
    assert (told(decider), told(decider2), told(intake), told(reviewer)) == (1, 1, 0, 0)
    assert filing.name in Message.objects.filter(kind="bureau_late").first().body

    perform(filing.pk, Action.ACCEPT, actor=intake, on=late)
    filing.refresh_from_db()
    sweep.run(late)
    assert told(decider) == 1
    sweep.run(filing.action_due_on + timedelta(days=1))
    assert told(decider) == 2


def test_the_applicant_sees_that_the_bureau_is_late(filing, lead_owner):
    filing.action_due_on = timezone.localdate() - timedelta(days=1)
    filing.save()
    promise = standing_of(filing, timezone.localdate()).promise
    assert promise != standing_of(filing, filing.action_due_on).promise
    assert promise in as_(lead_owner).get(f"/filings/{filing.pk}/").text


def test_the_nightly_task_and_the_command_do_it(filing, decider, capsys):
    filing.action_due_on = timezone.localdate() - timedelta(days=1)
    filing.save()
    assert task()["desk_reminded"] == 1
    call_command("sweep")
    assert "desk_reminded: 0" in capsys.readouterr().out
    assert told(decider) == 1
