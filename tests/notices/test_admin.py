"""The ledger and the copies given up: read by oversight; an administrator sends again, and it is logged."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from notices.models import Delivery
from tests.notices.factories import waiting
from tests.people import as_

pytestmark = pytest.mark.django_db

LEDGER = "/admin/notices/message/"
COPIES = "/admin/notices/delivery/"
FAILED = {"status": "failed", "attempts": 6, "doubts": 1, "error": "ConnectionRefusedError: x"}


def resend(client, *rows):
    data = {"action": "resend", "_selected_action": [row.pk for row in rows]}
    return client.post(COPIES, data)


def test_what_was_given_up_is_tried_again_and_what_was_sent_is_not(administrator, stranger):
    failed = waiting(stranger, "a", **FAILED)
    sent = waiting(stranger, "b", status="sent", attempts=6)
    resend(as_(administrator), failed, sent)
    failed.refresh_from_db()
    sent.refresh_from_db()
    assert (failed.status, failed.attempts, failed.doubts) == ("pending", 0, 0)
    assert failed.due_at <= timezone.now()
    assert (sent.status, sent.attempts) == ("sent", 6)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (administrator, str(failed.pk))


def test_many_are_sent_again_at_once(administrator, stranger, reviewer):
    rows = [waiting(user, "a", **FAILED) for user in (stranger, reviewer)]
    page = as_(administrator).post(
        COPIES, {"action": "resend", "_selected_action": [r.pk for r in rows]}, follow=True
    )
    assert "2" in page.context["messages"]._loaded_messages[0].message
    assert Delivery.objects.filter(status="pending").count() == 2
    assert LogEntry.objects.count() == 2


def test_the_auditor_reads_them_and_sends_nothing(auditor, stranger):
    failed = waiting(stranger, "a", **FAILED)
    client = as_(auditor)
    page = client.get(f"{COPIES}?status__exact=failed&channel__exact=email")
    assert "ConnectionRefusedError" in page.text
    assert 'name="action"' not in page.text
    assert resend(client, failed).status_code == 403
    failed.refresh_from_db()
    assert failed.status == "failed"


def test_the_list_is_filtered_by_channel_and_shows_no_number_whole(administrator, stranger):
    stranger.phone = "13800138000"
    stranger.save()
    waiting(stranger, "a", **FAILED)
    waiting(stranger, "b", channel="sms", **FAILED)
    page = as_(administrator).get(f"{COPIES}?channel__exact=sms")
    assert len(page.context["cl"].result_list) == 1
    assert "138****8000" in page.text
    assert stranger.phone not in page.text


def test_the_overview_names_what_could_not_be_sent_only_while_there_is_some(
    administrator, reviewer, stranger
):
    def cards(user):
        return [card.url for card in as_(user).get("/admin/").context["cards"]]

    address = f"{COPIES}?status__exact=failed"
    assert address not in cards(administrator)
    waiting(stranger, "a", **FAILED)
    assert address in cards(administrator)
    assert address not in cards(reviewer)


def test_a_message_is_read_only(administrator, stranger):
    row = waiting(stranger, "a", **FAILED).message
    client = as_(administrator)
    page = client.get(f"{LEDGER}{row.pk}/change/").text
    assert "请尽快补正" in page
    assert "ConnectionRefusedError" in page
    assert client.post(f"{LEDGER}{row.pk}/change/", {"subject": "x"}).status_code == 403
    row.refresh_from_db()
    assert row.subject == "待补正"


@pytest.mark.parametrize(("address", "questions"), [(LEDGER, 5), (COPIES, 4)])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_a_constant_number_of_questions(
    rows, address, questions, administrator, stranger, django_assert_num_queries
):
    for number in range(rows):
        waiting(stranger, str(number), status="sent")
    client = as_(administrator)
    client.get(address)
    with django_assert_num_queries(questions):
        assert len(client.get(address).context["cl"].result_list) == rows
