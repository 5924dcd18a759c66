"""A member unit answers for its own part, and answers again when the part changed."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from filings.models import Confirmation, Consortium, Member
from filings.services import save_member
from filings.sweep import run
from notices.models import Message
from tests.factories import ConsortiumFactory, bring_to
from tests.people import PASSWORD, as_, belonging_to

pytestmark = pytest.mark.django_db

SIGNUP = {
    "full_name": "甲示例", "username": "contact", "email": "contact@example.com",
    "password1": PASSWORD, "password2": PASSWORD, "unit_name": "示例江东理工大学",
    "unit_kind": "university", "place": "320102", "contact_phone": "025-00000000",
}  # fmt: skip


@pytest.fixture
def member(lead_owner, member_user) -> Member:
    """The first member of a complete draft, whose people are `member_user`; it has not answered."""
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)
    member = consortium.members.first()
    member.unit = member_user.memberships.get().unit
    member.confirmation, member.confirmed_digest = Confirmation.PENDING, ""
    member.save()
    return member


def url(member) -> str:
    return reverse("filings:confirm", args=[member.token])


def test_the_member_reads_its_part_and_confirms_it(member, member_user):
    client = as_(member_user)
    page = client.get(url(member))
    assert member.division_of_work in page.content.decode()
    assert client.post(url(member), {"confirm": "1"}).status_code == 302
    member.refresh_from_db()
    assert member.confirmation == Confirmation.CONFIRMED
    assert member.answered_by == member_user
    assert member.consortium.events.get().action == "confirm"


def test_the_member_sees_nothing_of_the_other_members(member, member_user):
    other = member.consortium.members.last()
    shown = as_(member_user).get(url(member)).content.decode()
    assert other.name not in shown
    assert other.contact_email not in shown


def test_the_member_disputes_with_a_reason_that_the_lead_is_told(member, member_user, lead_owner):
    client = as_(member_user)
    page = client.post(url(member), {"dispute": "1", "reason": " "})
    assert page.status_code == 200
    member.refresh_from_db()
    assert member.confirmation == Confirmation.PENDING
    client.post(url(member), {"dispute": "1", "reason": "研发人员数不对。"})
    member.refresh_from_db()
    assert (member.confirmation, member.dispute_reason) == ("disputed", "研发人员数不对。")
    assert Message.objects.filter(recipient=lead_owner).exists()


@pytest.mark.parametrize("cast", ["lead_owner", "lead2_owner", "stranger", "intake", "auditor"])
def test_nobody_else_answers_for_it(cast, member, request):
    client = as_(request.getfixturevalue(cast))
    for answer in ({"confirm": "1"}, {"dispute": "1", "reason": "不对。"}):
        assert client.post(url(member), answer).status_code == 404
    member.refresh_from_db()
    assert member.confirmation == Confirmation.PENDING


@pytest.mark.parametrize("cast", ["lead_owner", "lead2_owner", "stranger"])
def test_who_holds_the_link_reads_which_unit_is_asked_and_nothing_more(cast, member, request):
    shown = as_(request.getfixturevalue(cast)).get(url(member)).text
    assert member.name in shown
    assert f"/accounts/unit/join/?next={url(member)}" in shown
    for part in (member.consortium.name, member.consortium.lead_unit.name, member.division_of_work,
                 member.capability, member.unit.uscc, member.contact_email):  # fmt: skip
        assert part not in shown


@pytest.mark.parametrize("cast", ["intake", "auditor"])
def test_the_bureaus_people_find_nothing_behind_the_link(cast, member, request):
    assert as_(request.getfixturevalue(cast)).get(url(member)).status_code == 404


def test_a_reader_of_the_member_reads_its_part_and_does_not_answer(member):
    reader = belonging_to(member.unit, "member_reader", "reader")
    client = as_(reader)
    page = client.get(url(member), headers={"Accept-Language": "en"}).text
    assert member.division_of_work in page
    assert "you are a reader" in page
    assert 'name="confirm"' not in page
    for answer in ({"confirm": "1"}, {"dispute": "1", "reason": "不对。"}):
        page = client.post(url(member), answer, headers={"Accept-Language": "en"}).text
        assert "You may read this, not change it" in page
    member.refresh_from_db()
    assert member.confirmation == Confirmation.PENDING


def test_a_member_with_readers_alone_is_asked_at_its_contact(
    member, member_user, lead_owner, django_capture_on_commit_callbacks
):
    Membership.objects.filter(user=member_user).update(role="reader")
    with django_capture_on_commit_callbacks(execute=True):
        as_(lead_owner).post(reverse("filings:invite", args=[member.consortium_id]))
    assert not Message.objects.filter(recipient=member_user).exists()
    assert [m for m in mail.outbox if m.to == [member.contact_email]]
    assert url(member) not in as_(member_user).get("/").text


def test_a_contact_without_an_account_comes_back_to_its_part(member, member_user, client):
    """From the link of the e-mail over registration and confirmation of the address."""
    User.objects.filter(pk=member_user.pk).update(is_active=False)
    signing_in = client.get(url(member), follow=True)
    assert signing_in.redirect_chain[-1][0] == f"/accounts/login/?next={url(member)}"
    onward = signing_in.context["signup_url"]
    assert client.get(onward).context["redirect_field_value"] == url(member)
    data = SIGNUP | {"uscc": member.unit.uscc, "next": url(member)}
    client.post("/accounts/signup/", data)
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    answer = client.post(link, follow=True)
    assert answer.redirect_chain[-1][0] == url(member)
    assert member.division_of_work in answer.text
    Member.objects.filter(pk=member.pk).update(invited_at=timezone.now())
    assert url(member) in client.get("/").text


def test_a_guessed_link_leads_nowhere(member, member_user):
    guessed = reverse("filings:confirm", args=["x" * len(member.token)])
    assert as_(member_user).get(guessed).status_code == 404


def test_a_changed_part_must_be_confirmed_again(member, member_user, lead_owner):
    as_(member_user).post(url(member), {"confirm": "1"})
    before = member.division_of_work
    for text, answer in (("改为负责整机装配与验证。", "pending"), (before, "confirmed")):
        save_member(member, user=lead_owner, fields={"division_of_work": text})
        member.refresh_from_db()
        assert member.confirmation == answer


def test_a_dispute_is_over_with_the_part_that_it_was_about(member, member_user, lead_owner):
    as_(member_user).post(url(member), {"dispute": "1", "reason": "研发人员数不对。"})
    save_member(member, user=lead_owner, fields={"rd_staff": 41})
    member.refresh_from_db()
    assert member.confirmation == Confirmation.PENDING


def test_a_change_of_the_contact_leaves_the_confirmation(member, member_user, lead_owner):
    as_(member_user).post(url(member), {"confirm": "1"})
    save_member(member, user=lead_owner, fields={"contact_phone": "025-00000000"})
    member.refresh_from_db()
    assert member.confirmation == Confirmation.CONFIRMED


def test_after_submission_nothing_is_asked_any_more(member, member_user):
    Member.objects.filter(pk=member.pk).update(confirmation=Confirmation.CONFIRMED)
    bring_to(Consortium.objects.get(), "submitted")
    client = as_(member_user)
    page = client.post(url(member), {"dispute": "1", "reason": "太晚了。"})
    assert page.status_code == 200
    member.refresh_from_db()
    assert member.confirmation == Confirmation.CONFIRMED


def test_members_are_asked_at_their_inbox_or_by_mail(
    member, member_user, lead_owner, django_capture_on_commit_callbacks
):
    other = member.consortium.members.last()
    Member.objects.filter(pk=other.pk).update(confirmation=Confirmation.PENDING)
    invite = reverse("filings:invite", args=[member.consortium_id])
    with django_capture_on_commit_callbacks(execute=True):
        as_(lead_owner).post(invite)
    message = Message.objects.get(recipient=member_user)
    assert message.url == url(member)
    (letter,) = [m for m in mail.outbox if m.to == [other.contact_email]]
    assert url(other) in letter.body
    member.refresh_from_db()
    assert member.invited_at is not None


def reminders(user) -> int:
    return Message.objects.filter(recipient=user, kind="member_confirm").count()


@pytest.fixture
def asked(member) -> Member:
    """The member of the draft, asked at noon today; nobody else is waited for."""
    member.consortium.members.exclude(pk=member.pk).update(confirmation="confirmed")
    member.invited_at = timezone.now().replace(hour=4)
    member.save()
    return member


def test_a_member_that_does_not_answer_is_reminded_once_a_rung(asked, member_user):
    today = timezone.localdate(asked.invited_at)
    told = {}
    for days in (0, 2, 3, 3, 6, 7, 7, 13, 14, 14, 60):
        told.setdefault(days, []).append(run(today + timedelta(days=days))["members_reminded"])
    assert told == {0: [0], 2: [0], 3: [1, 0], 6: [0], 7: [1, 0], 13: [0], 14: [1, 0], 60: [0]}
    assert reminders(member_user) == 3


def test_after_an_outage_a_member_is_reminded_once(asked, member_user):
    late = timezone.localdate(asked.invited_at) + timedelta(days=10)
    assert [run(late)["members_reminded"] for _time in range(2)] == [1, 0]
    assert reminders(member_user) == 1


@pytest.mark.parametrize("why", ["confirmed", "disputed", "never asked", "submitted"])
def test_who_has_answered_or_need_not_is_not_reminded(why, asked, member_user):
    if why == "never asked":
        asked.invited_at = None
    elif why == "submitted":
        # It confirmed in time for the submission, and the row is as if it had not.
        Member.objects.filter(pk=asked.pk).update(confirmation="confirmed")
        bring_to(Consortium.objects.get(), "submitted")
    else:
        asked.confirmation = why
    asked.save()
    assert run(timezone.localdate() + timedelta(days=7))["members_reminded"] == 0
    assert reminders(member_user) == 0


def test_to_be_asked_again_begins_the_reminders_anew(asked, member_user, lead_owner):
    first = timezone.localdate(asked.invited_at)
    run(first + timedelta(days=14))
    as_(lead_owner).post(reverse("filings:invite", args=[asked.consortium_id]))
    asked.refresh_from_db()
    assert asked.reminded_rung == 0
