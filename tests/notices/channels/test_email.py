"""The copy by e-mail: the text, a link, and for what can be switched off, where."""

import pytest
from django.core import mail

from notices import tasks
from tests.notices.factories import waiting

pytestmark = pytest.mark.django_db
PAGE = "https://portal.example.com/inbox/preferences/"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://portal.example.com"


def test_the_mail_carries_the_text_and_a_link(stranger):
    copy = waiting(stranger, about={"url": "/filings/7/"})
    assert tasks.deliver(copy.pk) is True
    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == ([stranger.email], "待补正")
    assert sent.body.startswith("请尽快补正。\n\n")
    assert sent.body.endswith("\nhttps://portal.example.com/filings/7/")


def test_a_decision_can_not_be_switched_off_and_offers_no_way(stranger):
    tasks.deliver(waiting(stranger).pk)
    assert mail.outbox[0].body == "请尽快补正。"
    assert "List-Unsubscribe" not in mail.outbox[0].message()


@pytest.mark.parametrize("kind", ["reminder_expiry", "filing_submit", "a_kind_of_tomorrow"])
def test_what_can_be_switched_off_says_where(kind, stranger):
    tasks.deliver(waiting(stranger, about={"kind": kind}).pk)
    assert mail.outbox[0].body.endswith(f"\n{PAGE}")
    written = mail.outbox[0].message()
    assert written["List-Unsubscribe"] == f"<{PAGE}>"
    # Nobody is silenced by a filter that follows links: there is no click without a sign-in.
    assert "List-Unsubscribe-Post" not in written


def test_the_words_around_the_text_are_in_the_readers_language(stranger):
    stranger.language = "en"
    stranger.save()
    tasks.deliver(waiting(stranger, about={"kind": "filing_submit", "url": "/filings/7/"}).pk)
    assert "Open it in the portal:" in mail.outbox[0].body
    assert "Choose which messages reach you by e-mail:" in mail.outbox[0].body
