"""Two workers at once, for real, on PostgreSQL and on SQLite: each thing is told, put aside and sent once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from notices import tasks
from notices.kinds import Group
from notices.models import Delivery, Message, Preference
from notices.services import Notice, notify_all
from tests.factories import UserFactory
from tests.filings.test_at_once import all_at_once
from tests.notices.factories import waiting

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_that_say_the_same_write_one_message_with_one_copy_each():
    people = UserFactory.create_batch(5)
    Preference.objects.create(user=people[0], group=Group.PROGRESS, when="daily")
    same = [Notice(people, f"event:{n}", "filing_submit", {"name": "示例"}) for n in range(20)]
    all_at_once(*(lambda: notify_all(same) for _worker in range(4)))
    assert Message.objects.count() == 100
    assert Delivery.objects.count() == 100
    assert Delivery.objects.filter(status="held").count() == 20


def test_two_workers_that_send_the_same_send_each_once(stranger):
    for number in range(12):
        waiting(stranger, str(number))
    sent = all_at_once(*(tasks.deliver_due for _worker in range(3)))
    assert sum(sent) == len(mail.outbox) == 12
    assert set(Delivery.objects.values_list("status", "attempts")) == {("sent", 1)}


def test_two_workers_that_write_the_daily_e_mails_write_each_once():
    people = UserFactory.create_batch(4)
    past = timezone.now() - timedelta(hours=1)
    for person in people:
        for number in range(5):
            waiting(person, str(number), status="held", due_at=past)
    written = all_at_once(*(tasks.write_digests for _worker in range(3)))
    assert sum(written) == 4
    assert Message.objects.filter(kind="digest").count() == 4
    assert Delivery.objects.filter(status="bundled").count() == 20
    tasks.deliver_due()
    assert len(mail.outbox) == 4


def test_what_is_told_while_the_daily_e_mail_is_written_is_in_this_one_or_the_next():
    person = UserFactory()
    past = timezone.now() - timedelta(hours=1)
    waiting(person, "0", status="held", due_at=past)
    all_at_once(
        tasks.write_digests,
        lambda: waiting(person, "1", status="held", due_at=past),
        tasks.write_digests,
    )
    left = set(Delivery.objects.filter(message__key__in="01").values_list("status", flat=True))
    assert left <= {"bundled", "held"}
    bundled = Delivery.objects.filter(status="bundled")
    assert all(row.message.subject in row.digest.body for row in bundled)
    assert bundled.count() == Message.objects.get(kind="digest").body.count("待补正")
