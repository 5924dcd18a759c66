"""Telling people: each message to each person once, in words of their own language."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction
from kombu import pools

from filings.states import Status
from nanjing_consortia.celery import app
from notices.models import Message
from notices.services import notify
from tests.factories import ConsortiumFactory, UserFactory
from tests.people import as_
from tests.sent import signed

pytestmark = pytest.mark.django_db

CONTEXT = {"name": "示例创新联合体", "due": date(2026, 3, 1)}


def tell(*people, key="reminder:1", context=CONTEXT, url="/filings/1/"):
    notify(people, key=key, kind="reminder_correction", context=context, url=url)


def test_each_person_gets_one_message_of_a_key(stranger, reviewer):
    tell(stranger, reviewer)
    tell(stranger, reviewer, stranger)
    assert Message.objects.filter(key="reminder:1").count() == 2
    tell(stranger, key="reminder:2")
    assert stranger.messages.count() == 2


def test_whoever_was_told_is_not_told_again_when_somebody_joins(stranger, reviewer):
    tell(stranger)
    first = stranger.messages.get()
    tell(stranger, reviewer, context={**CONTEXT, "name": "另一个名称"})
    assert stranger.messages.get().body == first.body
    assert "另一个名称" in reviewer.messages.get().body


def test_the_first_line_is_the_subject_and_the_rest_the_text(stranger):
    stranger.language = "en"
    tell(stranger)
    message = stranger.messages.get()
    assert message.subject == "Correction due soon: 示例创新联合体"
    assert message.body.startswith("The correction of 示例创新联合体 is due by the end of")
    assert message.url == "/filings/1/"
    assert message.deliveries.get().status == "pending"


def test_dates_are_written_as_the_reader_writes_them():
    chinese = UserFactory(language="zh-hans")
    english = UserFactory(language="en")
    tell(chinese, english)
    assert "2026年3月1日" in chinese.messages.get().body
    assert "March 1, 2026" in english.messages.get().body


def test_nothing_in_a_message_is_escaped(stranger):
    tell(stranger, context={**CONTEXT, "name": "A & B <示例>"})
    assert "A & B <示例>" in stranger.messages.get().subject


def test_a_message_of_an_undone_transaction_is_not_there(stranger):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(stranger)
        raise RuntimeError
    assert not stranger.messages.exists()


def test_a_missing_broker_fails_no_page(
    lead_owner, intake, no_broker, caplog, django_capture_on_commit_callbacks
):
    """Without a broker the messages stay pending, for the minutely delivery."""
    consortium = ConsortiumFactory(
        complete=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        client = as_(lead_owner)
        data = signed(client, consortium)
        response = client.post(f"/filings/{consortium.pk}/submit/", data)
    assert response.status_code == 302
    assert callbacks
    consortium.refresh_from_db()
    assert consortium.status == Status.SUBMITTED
    told = Message.objects.values_list("recipient__username", "deliveries__status")
    assert set(told) == {("lead_owner", "pending"), ("intake", "pending")}
    assert "no broker" in caplog.text


@pytest.fixture
def no_broker():
    """Celery looks for its broker at a port where nobody listens."""

    def point_at(url):
        app.conf.broker_url = app.conf.broker_write_url = url
        pools.reset()
        app._pool = app.amqp._producer_pool = None

    was = app.conf.broker_url
    point_at("redis://127.0.0.1:1/0")
    yield
    point_at(was)


def test_a_sweep_that_runs_twice_reminds_once(lead_owner):
    consortium = ConsortiumFactory(
        active=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    day = str(consortium.ends_on.replace(day=1))
    for _night in range(2):
        call_command("sweep", on=day)
    assert Message.objects.filter(kind="reminder_expiry", recipient=lead_owner).count() == 1
