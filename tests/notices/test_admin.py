"""The ledger of messages: read by oversight; only a failed e-mail is tried again."""

import pytest
from django.utils import timezone

from notices.models import Message
from tests.people import as_

pytestmark = pytest.mark.django_db

LEDGER = "/admin/notices/message/"


def message(user, status: str, key: str) -> Message:
    return Message.objects.create(
        recipient=user, key=key, kind="filing_waits", subject="待办", body="请办理",
        email_status=status, email_attempts=6,
    )  # fmt: skip


def resend(client, *rows):
    data = {"action": "resend", "_selected_action": [row.pk for row in rows]}
    return client.post(LEDGER, data)


def test_failed_mail_is_tried_again_and_sent_mail_is_not(administrator, stranger):
    failed, sent = message(stranger, "failed", "a"), message(stranger, "sent", "b")
    resend(as_(administrator), failed, sent)
    failed.refresh_from_db()
    sent.refresh_from_db()
    assert (failed.email_status, failed.email_attempts) == ("pending", 0)
    assert failed.email_due_at <= timezone.now()
    assert (sent.email_status, sent.email_attempts) == ("sent", 6)


def test_the_auditor_sends_nothing(auditor, stranger):
    failed = message(stranger, "failed", "a")
    resend(as_(auditor), failed)
    failed.refresh_from_db()
    assert failed.email_status == "failed"


def test_a_message_is_read_only(administrator, stranger):
    row = message(stranger, "failed", "a")
    client = as_(administrator)
    assert "请办理" in client.get(f"{LEDGER}{row.pk}/change/").text
    assert client.post(f"{LEDGER}{row.pk}/change/", {"subject": "x"}).status_code == 403
    row.refresh_from_db()
    assert row.subject == "待办"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_ledger_asks_a_constant_number_of_questions(
    rows, administrator, stranger, django_assert_num_queries
):
    for number in range(rows):
        message(stranger, "sent", str(number))
    client = as_(administrator)
    client.get(LEDGER)
    with django_assert_num_queries(5):
        assert len(client.get(LEDGER).context["cl"].result_list) == rows
