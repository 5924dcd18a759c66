"""What a person chose, and which copies of a message follow from it."""

from datetime import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from notices.kinds import Group
from notices.models import Delivery, Preference
from notices.moments import SHANGHAI
from notices.services import notify
from tests.people import as_

pytestmark = pytest.mark.django_db

PAGE = "/inbox/preferences/"
NIGHT = datetime(2026, 11, 24, 0, 5, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 24, 8, tzinfo=SHANGHAI)
CONTEXT = {"name": "示例", "due": MORNING.date(), "correction_due_on": MORNING.date()}


def tell(user, kind: str, key="a"):
    notify([user], key=key, kind=kind, context=CONTEXT, url="/filings/1/")
    return user.messages.get(key=key)


def chose(user, group: Group, **fields):
    return Preference.objects.create(user=user, group=group, **fields)


def copies(message) -> set[tuple]:
    return set(message.deliveries.values_list("channel", "status"))


def choices(**changes) -> dict:
    """What the page sends when nothing was changed, but for `changes`."""
    groups = (Group.DEADLINES, Group.PROGRESS, Group.UNITS)
    return {"language": "zh-hans"} | {f"when_{g}": "at_once" for g in groups} | changes


def test_without_a_choice_there_is_an_e_mail_at_once_and_no_sms(gateway, stranger):
    stranger.phone = "13800138000"
    assert copies(tell(stranger, "reminder_correction")) == {("email", "pending")}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("at_once", {("email", "pending")}),
        ("daily", {("email", "held")}),
        ("inbox", set()),
    ],
)
def test_the_choice_of_the_group_decides(when, expected, stranger):
    chose(stranger, Group.PROGRESS, when=when)
    message = tell(stranger, "filing_submit")
    assert copies(message) == expected
    assert "示例" in as_(stranger).get("/inbox/").text, "the inbox has it in any case"


@pytest.mark.parametrize("when", ["daily", "inbox"])
def test_a_decision_is_sent_at_once_whatever_anybody_would_like(when, stranger):
    with pytest.raises(IntegrityError), transaction.atomic():
        chose(stranger, Group.DECISIONS, when=when)
    for group in set(Group) - {Group.DECISIONS}:
        chose(stranger, group, when=when)
    assert copies(tell(stranger, "filing_return")) == {("email", "pending")}


def test_what_is_held_waits_for_the_next_morning(stranger):
    chose(stranger, Group.PROGRESS, when="daily")
    with time_machine.travel(NIGHT):
        assert tell(stranger, "filing_submit").deliveries.get().due_at == MORNING


class TestBySms:
    @pytest.fixture(autouse=True)
    def reachable(self, gateway, stranger):
        stranger.phone = "13800138000"
        stranger.save()
        for group in (Group.DECISIONS, Group.DEADLINES, Group.PROGRESS):
            chose(stranger, group, sms=True)

    def test_what_is_urgent_goes_by_sms_too(self, stranger):
        both = {("email", "pending"), ("sms", "pending")}
        assert copies(tell(stranger, "filing_return")) == both
        assert copies(tell(stranger, "reminder_correction", "b")) == both

    def test_what_is_not_urgent_does_not(self, stranger):
        assert copies(tell(stranger, "filing_file")) == {("email", "pending")}
        assert copies(tell(stranger, "filing_submit", "b")) == {("email", "pending")}

    def test_it_waits_for_the_morning_at_night_and_the_e_mail_does_not(self, stranger):
        with time_machine.travel(NIGHT, tick=False):
            message = tell(stranger, "filing_return")
        assert message.deliveries.get(channel="sms").due_at == MORNING
        assert message.deliveries.get(channel="email").due_at == NIGHT

    def test_nobody_without_a_proved_number_gets_one(self, stranger):
        stranger.phone = ""
        assert copies(tell(stranger, "filing_return")) == {("email", "pending")}

    def test_nobody_gets_one_where_there_is_no_gateway(self, stranger, settings):
        settings.SMS = {}
        assert copies(tell(stranger, "filing_return")) == {("email", "pending")}


def test_the_page_keeps_what_is_chosen_and_the_trail_says_so(lead_owner):
    client = as_(lead_owner)
    data = choices(when_progress="daily", when_deadlines="inbox", language="en")
    assert client.post(PAGE, data).headers["Location"] == PAGE
    chosen = dict(Preference.objects.values_list("group", "when"))
    assert chosen == {"progress": "daily", "deadlines": "inbox"}
    lead_owner.refresh_from_db()
    assert lead_owner.language == "en"
    page = client.get(PAGE)
    assert page.context["form"]["when_progress"].initial == "daily"
    assert AuditEntry.objects.filter(subject="notices_preference", actor=lead_owner).count() == 2
    client.post(PAGE, choices())
    assert set(Preference.objects.values_list("when", flat=True)) == {"at_once"}


def test_a_group_that_is_fixed_says_why_and_hears_no_other_wish(lead_owner):
    client = as_(lead_owner)
    assert "不能关闭" in client.get(PAGE).text or "can't be switched off" in client.get(PAGE).text
    client.post(PAGE, choices(when_decisions="inbox"))
    assert not Preference.objects.filter(group="decisions").exists()


def test_a_wish_that_does_not_exist_is_refused_beside_its_field(lead_owner):
    page = as_(lead_owner).post(PAGE, choices(when_units="never"))
    assert page.status_code == 200
    assert "when_units" in page.context["form"].errors
    assert not Preference.objects.exists()


def test_the_bureaus_own_group_is_offered_to_the_bureau_alone(lead_owner, reviewer):
    assert "when_desk" not in as_(lead_owner).get(PAGE).context["form"].fields
    assert "when_desk" in as_(reviewer).get(PAGE).context["form"].fields


def test_sms_is_offered_only_with_a_gateway_and_a_number(lead_owner, gateway, settings):
    client = as_(lead_owner)
    assert "sms_decisions" not in client.get(PAGE).context["form"].fields
    assert "/inbox/preferences/phone/" in client.get(PAGE).text
    lead_owner.phone = "13800138000"
    lead_owner.save()
    page = client.get(PAGE)
    offered = {name for name in page.context["form"].fields if name.startswith("sms_")}
    assert offered == {"sms_decisions", "sms_deadlines"}
    assert "138****8000" in page.text
    client.post(PAGE, choices(sms_decisions="on"))
    row = Preference.objects.get()
    assert (row.group, row.when, row.sms) == ("decisions", "at_once", True)
    settings.SMS = {}
    page = client.get(PAGE)
    assert "phone" not in page.text
    client.post(PAGE, choices())
    row.refresh_from_db()
    assert row.sms, "what was not offered was not answered"


@pytest.mark.parametrize("people", [1, 3])
def test_telling_more_people_asks_no_more_questions(people, django_assert_num_queries):
    from tests.factories import UserFactory

    users = UserFactory.create_batch(people)
    chose(users[0], Group.PROGRESS, when="daily")
    # Who was told; insert; numbers; preferences; insert.
    with django_assert_num_queries(5):
        notify(users, key="a", kind="filing_submit", context=CONTEXT)
    assert Delivery.objects.count() == people
