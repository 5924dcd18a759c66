"""The inbox: one's own messages, the newest first, read by opening them."""

import pytest
from django.utils import timezone

from notices.models import Message
from tests.people import as_

pytestmark = pytest.mark.django_db


def message(user, key="a", **fields) -> Message:
    fields = {
        "subject": f"消息 {key}",
        "body": "第一段\n\n第二段",
        "kind": "filing_return",
    } | fields
    return Message.objects.create(recipient=user, key=key, **fields)


def test_opening_a_message_reads_it_once(lead_owner):
    row = message(lead_owner, url="/filings/")
    client = as_(lead_owner)
    page = client.get(f"/inbox/{row.pk}/")
    assert "<p>第一段</p>" in page.text
    assert 'href="/filings/"' in page.text
    row.refresh_from_db()
    first = row.read_at
    assert first
    client.get(f"/inbox/{row.pk}/")
    row.refresh_from_db()
    assert row.read_at == first


def test_the_list_reads_nothing(lead_owner):
    row = message(lead_owner)
    assert row.subject in as_(lead_owner).get("/inbox/").text
    row.refresh_from_db()
    assert row.read_at is None


def test_somebody_elses_message_is_not_there(lead_owner, stranger):
    row = message(lead_owner)
    client = as_(stranger)
    assert client.get(f"/inbox/{row.pk}/").status_code == 404
    assert row.subject not in client.get("/inbox/").text
    row.refresh_from_db()
    assert row.read_at is None


def test_reading_all_reads_ones_own(lead_owner, stranger):
    mine, other = message(lead_owner), message(stranger)
    client = as_(lead_owner)
    assert client.get("/inbox/read-all/").status_code == 405
    assert client.post("/inbox/read-all/").headers["Location"] == "/inbox/"
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.read_at
    assert other.read_at is None


def test_the_head_of_every_page_counts_what_is_unread(lead_owner, stranger):
    message(lead_owner, "a")
    message(lead_owner, "b", read_at=timezone.now())
    message(stranger, "c")
    page = as_(lead_owner).get("/accounts/me/")
    assert page.context["unread_count"]() == 1
    assert "count-new" in page.text
    as_(lead_owner).post("/inbox/read-all/")
    assert "count-new" not in as_(lead_owner).get("/accounts/me/").text


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/inbox/").headers["Location"].startswith("/accounts/login/")


def test_long_lists_are_paged(lead_owner):
    for number in range(21):
        message(lead_owner, str(number))
    client = as_(lead_owner)
    assert len(client.get("/inbox/").context["page_obj"]) == 20
    assert len(client.get("/inbox/?page=2").context["page_obj"]) == 1
    assert client.get("/inbox/?page=nonsense").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(rows, lead_owner, django_assert_num_queries):
    for number in range(rows):
        message(lead_owner, str(number))
    client = as_(lead_owner)
    # Session, person, count, page, unread; three more prolong the session.
    with django_assert_num_queries(7):
        assert len(client.get("/inbox/").context["page_obj"]) == rows


def test_the_list_is_filtered_by_what_it_is_about_and_by_what_is_new(lead_owner):
    message(lead_owner, "decision")
    message(lead_owner, "progress", kind="filing_submit", read_at=timezone.now())
    message(lead_owner, "tomorrow", kind="a_kind_of_tomorrow")
    client = as_(lead_owner)

    def keys(query: str) -> set[str]:
        return {row.key for row in client.get(f"/inbox/?{query}").context["page_obj"]}

    assert keys("group=decisions") == {"decision"}
    assert keys("group=progress") == {"progress", "tomorrow"}
    assert keys("group=units") == set()
    assert keys("unread=yes") == {"decision", "tomorrow"}
    assert keys("group=progress&unread=yes") == {"tomorrow"}
    page = client.get("/inbox/?group=nonsense")
    assert page.status_code == 200
    assert "group" in page.context["filter"].form.errors


def test_a_filtered_list_keeps_its_filter_from_page_to_page(lead_owner):
    for number in range(21):
        message(lead_owner, str(number))
    page = as_(lead_owner).get("/inbox/?group=decisions&page=1")
    assert "?group=decisions&amp;page=2" in page.text


def test_the_ledger_deletes_nothing(lead_owner):
    row = message(lead_owner)
    assert as_(lead_owner).delete(f"/inbox/{row.pk}/").status_code == 405
