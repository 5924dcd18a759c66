"""An owner invites by e-mail: who enters by the link, who does not, and what the page says."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, JoinRequest, Membership, User
from tests.people import PASSWORD, as_, owner_of, person

pytestmark = pytest.mark.django_db

NEW = {"email": "New@example.com", "role": "editor"}
ACCOUNT = {
    "full_name": "丁样例", "username": "newcomer", "password1": PASSWORD, "password2": PASSWORD,
}  # fmt: skip


def invite(owner, unit, **changes):
    return as_(owner).post(f"/accounts/unit/{unit.pk}/invitations/add/", NEW | changes)


def link(letter=None) -> str:
    letter = letter or mail.outbox[-1]
    return re.search(r"http://testserver(/accounts/invitations/\S+)", letter.body)[1]


def english() -> Client:
    return Client(headers={"Accept-Language": "en"})


@pytest.fixture
def invited(lead_owner, lead_unit) -> str:
    """The link of an invitation to an address without an account."""
    assert invite(lead_owner, lead_unit).headers["Location"] == "/accounts/unit/"
    return link()


@pytest.mark.parametrize("role", ["owner", "editor", "reader"])
def test_who_has_no_account_registers_and_is_in(role, lead_owner, lead_unit):
    invite(lead_owner, lead_unit, role=role)
    assert mail.outbox[0].to == ["new@example.com"]
    assert not User.objects.filter(email="new@example.com").exists()
    client = english()
    assert lead_unit.name in client.get(link()).text
    answer = client.post(link(), ACCOUNT)
    assert answer.headers["Location"] == "/accounts/unit/"
    user = User.objects.get(username="newcomer")
    assert (user.full_name, user.email, user.language) == ("丁样例", "new@example.com", "en")
    assert lead_unit.memberships.get(user=user).role == role
    assert EmailAddress.objects.get(user=user).verified
    assert lead_unit.name in client.get("/accounts/unit/").text
    assert len(mail.outbox) == 1


def test_the_address_is_the_invited_one_whatever_is_sent(invited, lead_unit):
    Client().post(invited, ACCOUNT | {"email": "another@example.com"})
    assert lead_unit.memberships.get(role="editor").user.email == "new@example.com"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"password2": "x"}, "password2"), ({"full_name": ""}, "full_name"),
     ({"username": "lead_owner"}, "username"), ({"password1": "1", "password2": "1"}, "password1")],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_used_up(change, field, invited):
    page = Client().post(invited, ACCOUNT | change)
    assert field in page.context["form"].errors
    assert not User.objects.filter(email="new@example.com").exists()
    assert Client().post(invited, ACCOUNT).status_code == 302


def test_an_account_of_the_address_accepts_after_signing_in(lead_owner, lead_unit, stranger):
    invite(lead_owner, lead_unit, email=stranger.email.upper(), role="reader")
    client = english()
    page = client.get(link())
    assert f"/accounts/login/?next={link()}" in page.text
    assert "form" not in page.context
    answer = client.post(
        "/accounts/login/", {"login": "stranger", "password": PASSWORD, "next": link()}
    )
    assert answer.headers["Location"] == link()
    assert not lead_unit.memberships.filter(user=stranger).exists()
    assert "Accept the invitation" in client.get(link()).text
    assert client.post(link()).headers["Location"] == "/accounts/unit/"
    assert lead_unit.memberships.get(user=stranger).role == "reader"


def test_nobody_registers_in_the_name_of_an_account(lead_owner, lead_unit, stranger):
    invite(lead_owner, lead_unit, email=stranger.email)
    Client().post(link(), ACCOUNT)
    assert not User.objects.filter(username="newcomer").exists()
    assert not lead_unit.memberships.filter(user=stranger).exists()


def test_another_account_does_not_enter_by_the_link(invited, lead_unit, lead2_owner):
    client = as_(lead2_owner)
    page = client.get(invited, headers={"Accept-Language": "en"})
    assert "new@example.com" in page.text
    client.post(invited)
    assert not lead_unit.memberships.filter(user=lead2_owner).exists()
    # Not even with the address, until it is confirmed.
    address = EmailAddress.objects.create(user=lead2_owner, email="new@example.com")
    client.post(invited)
    assert not lead_unit.memberships.filter(user=lead2_owner).exists()
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    client.post(invited)
    assert lead_unit.memberships.get(user=lead2_owner).role == "editor"


def test_a_link_works_once(invited, lead_unit):
    Client().post(invited, ACCOUNT)
    page = english().get(invited)
    assert page.status_code == 410
    assert "It has been used" in page.text
    assert english().post(invited, ACCOUNT | {"username": "second"}).status_code == 410
    assert lead_unit.memberships.count() == 2


def test_a_link_works_for_seven_days(invited, lead_unit):
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert english().get(invited).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        page = english().get(invited)
        assert page.status_code == 410
        assert "It was valid until" in page.text
        assert english().post(invited, ACCOUNT).status_code == 410
    assert lead_unit.memberships.count() == 1


def test_a_guessed_link_leads_nowhere(invited):
    assert Client().get("/accounts/invitations/guessed/").status_code == 404
    digest = Invitation.objects.get().digest
    assert Client().get(f"/accounts/invitations/{digest}/").status_code == 404


def test_the_table_does_not_hold_what_opens_the_door(invited):
    token = invited.split("/")[-2]
    row = Invitation.objects.values().get()
    assert token not in str(row)
    assert len(token) > 40


def test_to_send_again_makes_a_new_link_and_ends_the_old_one(invited, lead_owner, lead_unit):
    found = Invitation.objects.get()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        url = f"/accounts/unit/{lead_unit.pk}/invitations/{found.pk}/resend/"
        assert as_(lead_owner).post(url).headers["Location"] == "/accounts/unit/"
        assert "a newer one has been sent" in english().get(invited).text
        assert link() != invited
        assert Client().post(link(), ACCOUNT).status_code == 302
    assert Invitation.objects.unanswered().count() == 0


def test_a_second_invitation_to_an_address_replaces_the_first(invited, lead_owner, lead_unit):
    invite(lead_owner, lead_unit, role="reader")
    assert Client().get(invited).status_code == 410
    assert Invitation.objects.unanswered().get().role == "reader"


def test_what_is_taken_back_opens_nothing(invited, lead_owner, lead_unit):
    found = Invitation.objects.get()
    url = f"/accounts/unit/{lead_unit.pk}/invitations/{found.pk}/revoke/"
    assert "new@example.com" in as_(lead_owner).get("/accounts/unit/").text
    as_(lead_owner).post(url)
    assert "new@example.com" not in as_(lead_owner).get("/accounts/unit/").text.split("messages")[0]
    assert Client().post(invited, ACCOUNT).status_code == 410
    assert as_(lead_owner).post(url).status_code == 404
    assert lead_unit.memberships.count() == 1


@pytest.mark.parametrize("action", ["resend", "revoke"])
@pytest.mark.parametrize("cast", ["lead_editor", "lead_reader", "lead2_owner"])
def test_others_touch_no_invitation(action, cast, invited, lead_unit, lead2_owner, request):
    user = request.getfixturevalue(cast)
    found = Invitation.objects.get()
    for unit in (lead_unit, lead2_owner.memberships.get().unit):
        url = f"/accounts/unit/{unit.pk}/invitations/{found.pk}/{action}/"
        assert as_(user).post(url).status_code == 404
    assert Client().get(invited).status_code == 200


def test_an_invitation_falls_with_the_owner_who_sent_it(invited, lead_owner, lead_unit):
    """A stranger who had registered a unit and was locked out has no friends to let in."""
    User.objects.filter(pk=lead_owner.pk).update(is_active=False)
    assert Client().get(invited).status_code == 410
    second = owner_of(lead_unit, "second")
    page = as_(second).get("/accounts/unit/", headers={"Accept-Language": "en"})
    assert "no longer valid" in page.text
    url = f"/accounts/unit/{lead_unit.pk}/invitations/{Invitation.objects.get().pk}/resend/"
    as_(second).post(url)
    assert Client().get(link()).status_code == 200


def test_who_belongs_to_the_unit_is_not_invited(lead_owner, lead_editor, lead_unit):
    page = invite(lead_owner, lead_unit, email=lead_editor.email, role="owner")
    assert "email" in page.context["form"].errors
    assert lead_unit.memberships.get(user=lead_editor).role == "editor"
    assert not mail.outbox


@pytest.mark.parametrize("cast", ["decider", "auditor"])
def test_the_bureaus_people_are_not_invited(cast, lead_owner, lead_unit, request):
    page = invite(lead_owner, lead_unit, email=request.getfixturevalue(cast).email)
    assert "email" in page.context["form"].errors
    assert not Invitation.objects.exists()


def test_who_came_to_the_bureau_meanwhile_does_not_enter(lead_owner, lead_unit, stranger, reviewer):
    invite(lead_owner, lead_unit, email=stranger.email)
    stranger.groups.add(reviewer.groups.get())
    User.objects.filter(pk=stranger.pk).update(is_staff=True)
    client = as_(User.objects.get(pk=stranger.pk))
    assert client.post(link()).status_code == 404
    assert not Membership.objects.filter(user=stranger).exists()


def test_invitations_are_braked(lead_owner, lead_unit, settings):
    settings.ACCOUNT_RATE_LIMITS = {"invite": "1/d/user"}
    invite(lead_owner, lead_unit)
    page = invite(lead_owner, lead_unit, email="another@example.com")
    assert page.context["form"].errors["email"]
    assert len(mail.outbox) == 1
    assert Invitation.objects.count() == 1


def test_an_invitation_speaks_the_language_of_its_reader(lead_owner, lead_unit):
    person("anglophone", language="en")
    invite(lead_owner, lead_unit, email="anglophone@example.com")
    assert mail.outbox[0].subject == f"You are invited to {lead_unit}"


def test_whoever_was_invited_while_asking_asks_no_more(lead_owner, lead_unit, stranger):
    JoinRequest.objects.create(unit=lead_unit, user=stranger)
    invite(lead_owner, lead_unit, email=stranger.email)
    as_(stranger).post(link())
    assert JoinRequest.objects.get().outcome == "approved"


def test_of_two_who_take_one_user_name_at_once_the_second_is_told(invited, monkeypatch):
    save = DefaultAccountAdapter.save_user

    def overtaken(adapter, request, user, form, commit=True):
        person("newcomer")
        return save(adapter, request, user, form, commit)

    monkeypatch.setattr(DefaultAccountAdapter, "save_user", overtaken)
    page = Client().post(invited, ACCOUNT)
    assert page.context["form"].non_field_errors()
    assert Invitation.objects.get().accepted_at is None
