"""The calendar under a secret address: shown once, kept as a digest, ended at will."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar

from accounts import feeds
from accounts.models import CalendarFeed
from filings.deadlines import Kind
from filings.models import Consortium
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

PAGE, ADDRESS = "/calendar/", "/calendar/address/"


@pytest.fixture
def returned(lead_owner):
    return ConsortiumFactory(
        returned=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )


def made(user) -> str:
    """The path of a new address, as its page shows it."""
    page = as_(user).post(ADDRESS, {"make": ""})
    assert page.headers["Cache-Control"] == "no-store"
    return "/calendar/" + page.context["address"].rpartition("/")[2]


def events(path: str) -> list:
    return Calendar.from_ical(Client().get(path).content).walk("VEVENT")


def test_a_calendar_program_reads_it_without_cookies(returned, lead_owner):
    answer = Client().get(made(lead_owner))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.cookies == {}


def test_an_event_takes_the_whole_day_and_says_when_it_ends(returned, lead_owner):
    (event,) = events(made(lead_owner))
    assert event.decoded("dtstart") == returned.correction_due_on
    assert event.decoded("dtend") == returned.correction_due_on + timedelta(days=1)
    assert returned.name in event["summary"]
    assert "24:00" in event["description"]
    assert event["url"].endswith(f"/filings/{returned.pk}/check/")


def test_an_event_keeps_its_uid_when_its_day_moves(returned, lead_owner):
    path = made(lead_owner)
    (before,) = events(path)
    Consortium.objects.update(correction_due_on=returned.correction_due_on + timedelta(days=7))
    (after,) = events(path)
    assert before["uid"] == after["uid"]
    assert before.decoded("dtstart") < after.decoded("dtstart")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_speaks_its_owners_language(language, returned, lead_owner):
    lead_owner.language = language
    lead_owner.save()
    (event,) = events(made(lead_owner))
    with translation.override(language):
        assert event["summary"].startswith(str(Kind.CORRECTION.label))
        assert _("It ends with that day, at 24:00 in Shanghai.") in event["description"]


def test_what_has_no_day_is_on_the_page_and_not_in_the_calendar(lead_owner):
    draft = ConsortiumFactory(
        complete=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    draft.members.update(confirmation="pending", invited_at=draft.created_at)
    draft.members.filter(pk=draft.members.first().pk).update(unit=draft.lead_unit)
    assert events(made(lead_owner)) == []


def test_a_new_address_ends_the_old_and_neither_is_kept(lead_owner):
    first = made(lead_owner)
    second = made(lead_owner)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    feed = CalendarFeed.objects.get(user=lead_owner)
    assert second.removeprefix("/calendar/").removesuffix(".ics") not in str(vars(feed))
    assert as_(lead_owner).get(PAGE).context["address"] == ""


def test_a_revoked_address_answers_nobody(lead_owner):
    path = made(lead_owner)
    as_(lead_owner).post(ADDRESS, {"revoke": ""})
    assert Client().get(path).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_locked_account_has_no_calendar(lead_owner):
    path = made(lead_owner)
    lead_owner.is_active = False
    lead_owner.save()
    assert Client().get(path).status_code == 404


def test_guessing_addresses_is_braked(settings, lead_owner):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"calendar": "2/m/ip"}
    for _guess in range(2):
        assert Client().get("/calendar/guess.ics").status_code == 404
    assert Client().get("/calendar/guess.ics").status_code == 429


def test_an_address_is_only_read(lead_owner):
    path = f"/calendar/{feeds.make(lead_owner)}.ics"
    assert Client().post(path).status_code == 405
