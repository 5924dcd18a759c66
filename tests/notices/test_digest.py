"""The daily e-mail: what was put aside, at eight, once, whatever breaks; nothing when there is nothing."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection

from notices import digest, tasks
from notices.kinds import Group
from notices.models import Delivery, Message, Preference
from notices.moments import SHANGHAI
from notices.services import notify
from tests.factories import UserFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
TUESDAY_8 = datetime(2026, 11, 24, 8, tzinfo=SHANGHAI)


@pytest.fixture
def reader(stranger):
    stranger.language = "en"
    stranger.save()
    Preference.objects.create(user=stranger, group=Group.PROGRESS, when="daily")
    return stranger


def told(reader, key: str, at=MONDAY, name="Alpha"):
    with time_machine.travel(at, tick=False):
        notify(
            [reader], key=key, kind="filing_submit", context={"name": name}, url=f"/filings/{key}/"
        )


def run(at=TUESDAY_8) -> int:
    with time_machine.travel(at, tick=False):
        written = tasks.write_digests()
        tasks.deliver_due()
    return written


def test_everything_of_the_day_is_in_one_e_mail(reader, settings):
    settings.SITE_URL = "https://portal.example.com"
    told(reader, "1", name="Alpha")
    told(reader, "2", name="Beta & Co")
    assert run() == 1
    (sent,) = mail.outbox
    assert sent.to == [reader.email]
    assert sent.subject == "Your messages of the last day: 2"
    assert sent.body.index("Submitted: Alpha") < sent.body.index("Submitted: Beta & Co")
    assert "https://portal.example.com/filings/2/" in sent.body
    assert sent.message()["List-Unsubscribe"]
    items = Delivery.objects.filter(status="bundled")
    assert {row.digest for row in items} == {Message.objects.get(kind="digest")}
    assert items.count() == 2


def test_it_waits_for_eight_o_clock(reader):
    told(reader, "1")
    assert run(TUESDAY_8 - timedelta(seconds=1)) == 0
    assert not mail.outbox
    assert run(TUESDAY_8) == 1


def test_a_day_without_news_has_none(reader):
    assert run() == 0
    assert not mail.outbox


def test_it_is_written_once_a_day_however_often_it_runs(reader):
    told(reader, "1")
    assert [run(), run(), run(TUESDAY_8 + timedelta(hours=5))] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_what_comes_after_it_is_in_tomorrows(reader):
    told(reader, "1")
    run()
    told(reader, "2", at=TUESDAY_8 + timedelta(minutes=1), name="Later")
    assert run(TUESDAY_8 + timedelta(hours=9)) == 0
    assert run(TUESDAY_8 + timedelta(days=1)) == 1
    assert "Later" in mail.outbox[1].body
    assert "Alpha" not in mail.outbox[1].body


def test_what_was_written_down_late_is_in_tomorrows_and_not_lost(reader):
    """A transaction that began before eight may commit after the e-mail of the day was written."""
    told(reader, "1")
    run()
    told(reader, "2", name="Late")
    assert run(TUESDAY_8 + timedelta(hours=1)) == 0
    assert run(TUESDAY_8 + timedelta(days=1)) == 1
    assert "Late" in mail.outbox[1].body


def test_after_days_without_a_worker_there_is_one_with_everything(reader):
    told(reader, "1", name="Alpha")
    told(reader, "2", at=MONDAY + timedelta(days=2), name="Beta")
    assert run(MONDAY + timedelta(days=5)) == 1
    assert "Alpha" in mail.outbox[0].body
    assert "Beta" in mail.outbox[0].body


@pytest.mark.parametrize("when", ["at_once", "inbox"])
def test_a_change_of_mind_loses_nothing_that_was_put_aside(when, reader):
    told(reader, "1")
    Preference.objects.update(when=when)
    told(reader, "2", name="Beta")
    assert run() == 1
    bodies = "".join(sent.body for sent in mail.outbox)
    assert bodies.count("Alpha") >= 1
    assert ("Beta" in bodies) == (when == "at_once")
    assert reader.messages.exclude(kind="digest").count() == 2


def test_a_crash_in_the_middle_leaves_nothing_half_done(reader, monkeypatch):
    told(reader, "1")

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        # Between the writing of the e-mail and the marking of what is in it.
        patched.setattr(Delivery.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert not Message.objects.filter(kind="digest").exists()
    assert Delivery.objects.get().status == "held"
    assert run() == 1
    assert len(mail.outbox) == 1


def test_it_is_no_entry_of_the_inbox(reader):
    told(reader, "1")
    run()
    page = as_(reader).get("/inbox/")
    assert len(page.context["page_obj"]) == 1
    assert page.context["unread_count"]() == 1
    written = Message.objects.get(kind="digest")
    assert as_(reader).get(f"/inbox/{written.pk}/").status_code == 404


def test_each_gets_its_own(reader):
    other = UserFactory(language="zh-hans")
    Preference.objects.create(user=other, group=Group.PROGRESS, when="daily")
    told(reader, "1", name="Alpha")
    told(other, "2", name="乙")
    assert run() == 2
    mine = next(sent for sent in mail.outbox if sent.to == [reader.email])
    assert "乙" not in mine.body


@pytest.mark.parametrize("items", [1, 3])
def test_more_items_ask_no_more_questions(items, reader, django_assert_num_queries):
    for number in range(items):
        told(reader, str(number))
    # Savepoint and its end; the person, the items, today's; two inserts; the marks.
    with time_machine.travel(TUESDAY_8, tick=False), django_assert_num_queries(8):
        assert digest.write_digest(reader.pk)
    assert connection.in_atomic_block
