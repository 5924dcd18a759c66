"""Who will be told what on a day to come, and why: what the sweeps then tell, neither more nor less."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from filings.models import Consortium, Member
from nanjing_consortia.foresight import expected_on
from notices.models import Message
from tests.factories import ConsortiumFactory
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/messages-to-come/"
ENGLISH = {"Accept-Language": "en"}
ONE = timedelta(days=1)


@pytest.fixture
def stock(lead_owner, member_user, intake, reviewer, decider):
    """Something of every kind that a sweep tells of, and who hears of it."""
    of_lead = {"lead_unit": lead_owner.memberships.get().unit, "created_by": lead_owner}
    today = timezone.localdate()
    running = ConsortiumFactory(active=True, **of_lead)
    Member.objects.filter(pk=running.members.first().pk).update(
        unit=member_user.memberships.get().unit
    )
    Consortium.objects.filter(pk=running.pk).update(ends_on=today + timedelta(days=3))
    ConsortiumFactory(returned=True, **of_lead)
    ConsortiumFactory(submitted=True, **of_lead)
    draft = ConsortiumFactory(complete=True, **of_lead)
    draft.members.update(confirmation="pending", invited_at=timezone.now())
    report_of(lead_owner)
    return today


def foreseen(day, today) -> set[tuple]:
    return {
        (str(row.person), row.deadline.kind, row.deadline.subject.partition(" · ")[0])
        for row in expected_on(day, today)
        if row.person.pk
    }


def sent() -> set[int]:
    return set(Message.objects.values_list("pk", flat=True))


def test_what_was_foreseen_is_what_is_told(stock, time_machine):
    call_command("sweep", stdout=StringIO())
    for ahead in range(1, 16):
        day = stock + timedelta(days=ahead)
        expected, before = len(list(expected_on(day, day - ONE))), sent()
        outsiders = sum(row.person.pk is None for row in expected_on(day, day - ONE))
        time_machine.move_to(
            timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 1))
        )
        call_command("sweep", stdout=StringIO())
        assert len(sent() - before) == expected - outsiders, day


def test_from_afar_the_same_is_foreseen_as_from_the_day_before(stock):
    call_command("sweep", stdout=StringIO())
    for ahead in range(2, 16):
        day = stock + timedelta(days=ahead)
        assert foreseen(day, stock) == foreseen(day, day - ONE), day


def test_what_was_told_is_no_longer_foreseen(stock):
    assert list(expected_on(stock, stock))
    call_command("sweep", stdout=StringIO())
    assert list(expected_on(stock, stock)) == []


def test_the_end_of_a_term_is_foreseen_for_the_members_too(stock, member_user, lead_owner):
    ended = [
        r for r in expected_on(stock + timedelta(days=4), stock) if r.deadline.kind == "expiry"
    ]
    assert {row.person for row in ended} >= {member_user, lead_owner}
    assert Consortium.objects.filter(status="expired").count() == 0


def test_a_member_without_an_account_is_named_by_its_address(stock):
    days = (stock + timedelta(days=n) for n in range(1, 8))
    people = {str(row.person) for day in days for row in expected_on(day, stock)}
    assert any(person.startswith("contact") for person in people)


def test_a_dry_run_says_who_would_be_told_and_why_and_tells_nobody(stock, lead_owner):
    before, out = sent(), StringIO()
    call_command("sweep", on=str(stock + timedelta(days=4)), dry_run=True, stdout=out)
    assert lead_owner.full_name in out.getvalue()
    assert "expired: 1" in out.getvalue()
    assert sent() == before


@pytest.mark.parametrize("cast", ["intake", "auditor", "administrator"])
def test_every_officer_reads_it_in_words(cast, stock, request):
    client = as_(request.getfixturevalue(cast))
    day = stock + timedelta(days=4)
    page = client.get(PAGE, {"day": day.isoformat()}, headers=ENGLISH)
    rows = page.context["page_obj"].object_list
    assert rows
    assert "the term is over" in page.text
    assert all(str(row.person) in page.text for row in rows)


@pytest.mark.parametrize("day", ["yesterday", "2020-01-01", "2099-01-01", ""])
def test_another_day_is_refused_with_words(day, stock, intake):
    page = as_(intake).get(PAGE, {"day": day}, headers=ENGLISH)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert page.context["page_obj"].object_list == []


def test_it_opens_on_tomorrow(intake):
    page = as_(intake).get(reverse("admin:messages_to_come"))
    assert page.context["day"] == timezone.localdate() + ONE
