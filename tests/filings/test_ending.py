"""Near the end of a term: the lead unit is told, asked for a summary, and the public sees that it
was handed in."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from filings.duties import duties_of
from filings.models import Consortium, Policy
from filings.sweep import run
from notices.models import Message
from tests.endings import begun, handed_in
from tests.factories import TEXT, ConsortiumFactory
from tests.filings.hostile import begun as begun_upload
from tests.people import as_

pytestmark = pytest.mark.django_db

FILED_ON, LAST_DAY = date(2026, 3, 4), date(2029, 3, 4)


@pytest.fixture(autouse=True)
def near_the_end():
    with time_machine.travel("2029-01-04T09:00:00+08:00", tick=False) as clock:
        yield clock


def of(user, status: str = "active") -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(**{status: True}, lead_unit=unit, created_by=user, on=FILED_ON)


def owed(user, day: date) -> list[tuple]:
    return [(duty.url, duty.due) for duty in duties_of(user, day) if "/closing/" in duty.url]


def test_the_front_page_asks_for_it_from_ninety_days_before_until_ninety_after(
    lead_owner, lead_reader, member_user
):
    consortium = of(lead_owner)
    address = reverse("filings:closing", args=[consortium.pk])
    assert owed(lead_owner, date(2028, 12, 3)) == []
    assert owed(lead_owner, date(2028, 12, 4)) == [(address, LAST_DAY)]
    assert owed(lead_owner, LAST_DAY) == [(address, LAST_DAY)]
    assert owed(lead_owner, date(2029, 6, 2)) == [(address, None)]
    assert owed(lead_owner, date(2029, 6, 3)) == []
    assert owed(lead_reader, LAST_DAY) == owed(member_user, LAST_DAY) == []
    assert address in as_(lead_owner).get("/").text
    begun(consortium, lead_owner)
    assert owed(lead_owner, LAST_DAY) == [(address, LAST_DAY)]
    handed_in(consortium, lead_owner)
    assert owed(lead_owner, LAST_DAY) == []


def test_how_near_is_near_stands_in_the_policy(lead_owner):
    of(lead_owner)
    Policy.objects.update(closing_summary_days=30)
    assert owed(lead_owner, date(2029, 2, 1)) == []
    assert len(owed(lead_owner, date(2029, 2, 2))) == 1


def test_what_ended_early_is_asked_from_the_day_of_its_end(lead_owner):
    consortium = of(lead_owner, "terminated")
    ended = consortium.ended_on
    assert ended < LAST_DAY
    assert owed(lead_owner, ended)
    assert owed(lead_owner, ended + timedelta(days=90))
    assert owed(lead_owner, ended + timedelta(days=91)) == []


def test_the_page_of_the_consortium_leads_to_all_that_can_be_done(
    lead_owner, lead_reader, member_user, near_the_end
):
    consortium = of(lead_owner)
    consortium.members.filter(pk=consortium.members.first().pk).update(
        unit=member_user.memberships.get().unit
    )
    detail = reverse("filings:detail", args=[consortium.pk])
    closing, renew = (
        reverse(f"filings:{name}", args=[consortium.pk]) for name in ("closing", "renew")
    )
    page = as_(lead_owner).get(detail).text
    assert closing in page
    assert renew in page
    page = as_(lead_reader).get(detail).text
    assert closing in page
    assert renew not in page
    assert closing not in as_(member_user).get(detail).text
    near_the_end.move_to("2028-12-03T09:00:00+08:00")
    assert closing not in as_(lead_owner).get(detail).text


def test_the_public_sees_that_it_was_handed_in_and_not_what_it_says(lead_owner, client):
    consortium = of(lead_owner)
    entry = reverse("filings:register_entry", args=[consortium.filing_number])
    begun(consortium, lead_owner)
    assert client.get(entry).context["summary"].submitted_at is None
    before = client.get(entry).text
    handed_in(consortium, lead_owner)
    after = client.get(entry).text
    assert after != before
    assert "2029年1月4日" in after
    assert after.count(TEXT) == before.count(TEXT)  # the goals of the filing alone
    assert "检测报告编号" not in after


def test_the_reminder_says_what_is_worth_doing_before(lead_owner):
    of(lead_owner)
    lead_owner.language = "en"
    lead_owner.save()
    run(LAST_DAY - timedelta(days=90))
    message = Message.objects.get(recipient=lead_owner, kind="reminder_expiry")
    for words in ("closing summary", "provincial consortium", "apply anew"):
        assert words in message.body


def test_papers_of_a_filed_consortium_may_come_in_pieces_from_its_units_alone(
    lead_owner, lead_reader, member_user, lead2_owner
):
    """The lead's for the closing summary, both's for the yearly report."""
    consortium = of(lead_owner)
    assert begun_upload(as_(member_user), consortium.pk, 10).status_code == 404
    consortium.members.filter(pk=consortium.members.first().pk).update(
        unit=member_user.memberships.get().unit
    )
    for user in (lead_owner, member_user):
        assert begun_upload(as_(user), consortium.pk, 10).status_code == 201
    for user in (lead_reader, lead2_owner):
        assert begun_upload(as_(user), consortium.pk, 10).status_code == 404
