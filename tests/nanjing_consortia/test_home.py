"""The front page: what I have, what I owe and by when, what happens next and who does it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from filings.duties import Duty, in_order
from filings.models import Consortium, CreditCase, Member
from filings.services import resolve_comment
from filings.workdays import workdays_left
from tests.factories import ConsortiumFactory, upheld_case
from tests.people import as_
from tests.reports.factories import report_of

pytestmark = pytest.mark.django_db

ENGLISH = {"Accept-Language": "en"}


def led_by(user, **fields) -> Consortium:
    return ConsortiumFactory(lead_unit=user.memberships.get().unit, created_by=user, **fields)


def front_page(user):
    return as_(user).get(reverse("home"), headers=ENGLISH)


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_queries_however_many(rows, lead_owner, django_assert_num_queries):
    for _row in range(rows):
        led_by(lead_owner, returned=True).members.update(confirmation="pending")
        report = report_of(lead_owner)
    case = upheld_case(report.consortium)
    case.outcome = CreditCase.Outcome.OPEN
    for _row in range(rows - 1):
        case.save()
        case.pk = None
    case.save()
    client = as_(lead_owner)
    with django_assert_num_queries(22):
        page = client.get(reverse("home"))
    # A correction, missing confirmations, a report and a statement each.
    assert len(page.context["duties"]) == 4 * rows


def test_it_needs_no_account(client):
    ConsortiumFactory(active=True)
    ConsortiumFactory(public_notice=True)
    page = client.get(reverse("home"))
    assert (page.context["running"], page.context["notices"]) == (1, 1)


def test_a_correction_is_owed_with_its_countdown_and_its_points(lead_owner):
    consortium = led_by(lead_owner, returned=True)
    (duty,) = front_page(lead_owner).context["duties"]
    assert "mend 1 point" in duty.text
    assert (duty.due, duty.days) == (
        consortium.correction_due_on,
        workdays_left(timezone.localdate(), consortium.correction_due_on),
    )
    assert duty.url == reverse("filings:check", args=[consortium.pk])
    resolve_comment(consortium.comments.get(), user=lead_owner)
    (duty,) = front_page(lead_owner).context["duties"]
    assert "Every point of the correction is dealt with" in duty.text


def test_it_says_who_has_not_confirmed_to_the_lead_and_asks_the_member(lead_owner, member_user):
    consortium = led_by(lead_owner, complete=True)
    first, second = consortium.members.all()
    Member.objects.filter(pk=first.pk).update(
        unit=member_user.memberships.get().unit,
        confirmation="pending",
        invited_at=timezone.now(),
    )
    page = front_page(lead_owner)
    (duty,) = page.context["duties"]
    assert first.name in duty.text
    assert second.name not in duty.text
    (row,) = page.context["rows"]
    assert [member.name for member in row.missing] == [first.name]
    (asked,) = front_page(member_user).context["duties"]
    assert asked.url == reverse("filings:confirm", args=[first.token])
    consortium.members.update(confirmation="confirmed")
    assert front_page(lead_owner).context["duties"] == []


def test_a_report_and_a_statement_are_owed_until_they_are_in(lead_owner):
    report = report_of(lead_owner)
    case = upheld_case(report.consortium)
    CreditCase.objects.update(outcome=CreditCase.Outcome.OPEN)
    urls = {duty.url for duty in front_page(lead_owner).context["duties"]}
    assert urls == {
        reverse("reports:detail", args=[report.pk]),
        reverse("reviews:case", args=[case.pk]),
    }
    CreditCase.objects.update(stated_at=timezone.now())
    Consortium.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    left = {duty.url for duty in front_page(lead_owner).context["duties"]}
    assert left & urls == set()


def test_what_others_owe_is_not_shown(lead_owner, lead2_owner, stranger):
    led_by(lead_owner, returned=True).members.update(confirmation="pending")
    for other in (lead2_owner, stranger):
        page = front_page(other)
        assert page.context["duties"] == []
        assert "Nothing is asked of you now" in page.text


@pytest.mark.parametrize(
    ("status", "promise"),
    [
        ("submitted", "The bureau promised its next step by the end of"),
        ("under_review", "The bureau promised its next step by the end of"),
        ("public_notice", "The notice runs until the end of"),
        ("active", "The term runs until the end of"),
    ],
)
def test_what_comes_next_is_said_with_the_day_that_was_promised(status, promise, lead_owner):
    consortium = led_by(lead_owner, **{status: True})
    for address in (reverse("home"), reverse("filings:mine"), consortium.get_absolute_url()):
        assert promise in as_(lead_owner).get(address, headers=ENGLISH).text


def test_a_promise_that_was_not_kept_is_called_late(lead_owner):
    led_by(lead_owner, submitted=True)
    Consortium.objects.update(action_due_on=timezone.localdate() - timedelta(days=1))
    assert "and is late" in front_page(lead_owner).text


def test_what_is_due_first_comes_first():
    today = timezone.localdate()
    days = [None, today + timedelta(days=2), today]
    duties = [Duty(str(day), "", "", "", day) for day in days]
    assert [duty.due for duty in in_order(duties)] == [days[2], days[1], None]
