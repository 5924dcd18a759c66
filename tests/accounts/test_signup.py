"""Registering a unit through its first user: what is asked, what is refused, what comes of it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.forms.entrance import UnitSignupForm
from accounts.models import JoinRequest, Membership, Unit, User
from accounts.views.account import SignUp
from tests.factories import UnitFactory, code_of
from tests.people import PASSWORD, as_, owner_of

pytestmark = pytest.mark.django_db

CODE = code_of(4711)
GIVEN = {
    "full_name": "甲示例", "username": "firm", "email": "Firm@example.com",
    "password1": PASSWORD, "password2": PASSWORD,
    "uscc": CODE, "unit_name": "南京示例新锐装备有限公司", "unit_kind": "enterprise",
    "place": "320115", "address": "示例路1号", "legal_representative": "乙演示",
    "contact_phone": "025-00000000",
}  # fmt: skip


def sign_up(client=None, **changes):
    return (client or Client()).post("/accounts/signup/", GIVEN | changes)


def follow(client, letter):
    """Open the link of an e-mail and press the button of its page."""
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", letter.body)[1]
    form = client.get(link)
    hidden = {"next": form.context["redirect_field_value"] or ""}
    return client.post(link.partition("?")[0], hidden)


def errors_of(response) -> dict:
    assert response.status_code == 200
    return {name: " ".join(texts) for name, texts in response.context["form"].errors.items()}


def test_the_first_user_becomes_owner_of_a_new_unit():
    response = sign_up()
    assert response.headers["Location"] == "/accounts/confirm-email/"
    membership = Membership.objects.select_related("user", "unit").get()
    assert membership.role == Membership.Role.OWNER
    assert (membership.user.full_name, membership.user.email) == ("甲示例", "firm@example.com")
    unit = membership.unit
    assert (unit.uscc, unit.name, unit.kind) == (CODE, GIVEN["unit_name"], "enterprise")
    assert (unit.place, unit.address) == ("320115", "示例路1号")
    assert (unit.legal_representative, unit.contact_name) == ("乙演示", "甲示例")


def test_nobody_enters_before_the_address_is_confirmed():
    client = Client()
    sign_up(client)
    assert client.get("/filings/").status_code == 302
    assert not EmailAddress.objects.get().verified
    follow(client, mail.outbox[0])
    assert EmailAddress.objects.get().verified
    assert client.get("/filings/").status_code == 200


def test_in_another_browser_the_confirmed_address_is_not_yet_a_way_in(client):
    sign_up(client)
    elsewhere = Client()
    follow(elsewhere, mail.outbox[0])
    assert elsewhere.get("/filings/").status_code == 302
    elsewhere.post("/accounts/login/", {"login": "firm@example.com", "password": PASSWORD})
    assert elsewhere.get("/filings/").status_code == 200


@pytest.mark.parametrize("same_browser", [True, False])
def test_where_one_was_going_survives_registration_and_confirmation(same_browser, client):
    sign_up(client, next="/notices/public/?a=1")
    browser = client if same_browser else Client()
    answer = follow(browser, mail.outbox[0])
    assert answer.headers["Location"] == "/notices/public/?a=1"


def test_nobody_is_sent_on_to_another_site(client):
    sign_up(client, next="https://evil.example.com/")
    assert "evil" not in mail.outbox[0].body
    assert follow(client, mail.outbox[0]).headers["Location"] == "/"


@pytest.mark.parametrize("login", ["firm", "FIRM@example.com"])
def test_one_signs_in_by_user_name_or_address(login):
    sign_up()
    EmailAddress.objects.update(verified=True)
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_messages_are_written_in_the_language_of_the_page():
    sign_up(Client(headers={"Accept-Language": "en"}))
    assert User.objects.get().language == "en"


def test_a_code_is_taken_as_people_paste_it():
    pasted = "".join(chr(ord(c) + 0xFEE0) for c in CODE[:8].lower()) + f" {CODE[8:]} "
    sign_up(uscc=pasted)
    assert Unit.objects.get().uscc == CODE


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (CODE[:17], "exactly 18 characters"),
        (CODE[:16] + "I" + CODE[17], "never occur"),
        (CODE[:17] + ("0" if CODE[17] != "0" else "1"), "at least one character is wrong"),
        ("", ""),
    ],
)
def test_a_wrong_code_is_explained(code, said):
    response = sign_up(Client(headers={"Accept-Language": "en"}), uscc=code)
    assert said in errors_of(response)["uscc"]
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_an_o_for_a_zero_is_offered_not_assumed():
    typed = CODE[:8].replace("0", "O", 1) + CODE[8:]
    text = errors_of(sign_up(Client(headers={"Accept-Language": "en"}), uscc=typed))["uscc"]
    assert f"Did you mean {CODE}?" in text
    assert not Unit.objects.exists()


def test_a_unit_that_somebody_named_as_member_is_claimed():
    named = UnitFactory(uscc=CODE, name="示例旧名称", kind="other", place="OUTSIDE")
    sign_up()
    unit = Unit.objects.get()
    assert unit.pk == named.pk
    assert (unit.name, unit.kind, unit.place) == (GIVEN["unit_name"], "enterprise", "320115")
    assert unit.memberships.get().user.username == "firm"


def test_a_unit_with_an_owner_is_not_taken_over_but_asked():
    unit = UnitFactory(uscc=CODE)
    owner_of(unit, "first")
    assert sign_up().headers["Location"] == "/accounts/confirm-email/"
    request = JoinRequest.objects.get()
    assert (request.user.username, request.unit, request.outcome) == ("firm", unit, "pending")
    assert not Membership.objects.filter(user=request.user).exists()
    unit.refresh_from_db()
    assert unit.name != GIVEN["unit_name"]


def test_the_owner_hears_of_it_once_the_address_is_confirmed(client):
    """Nobody can have mail sent to a unit's owner in another one's name."""
    owner = owner_of(UnitFactory(uscc=CODE), "first")
    sign_up(client)
    (letter,) = mail.outbox
    assert letter.to == ["firm@example.com"]
    page = as_(owner).get("/accounts/unit/").text
    assert "firm@example.com" not in page
    follow(client, letter)
    assert [letter.to for letter in mail.outbox[1:]] == [[owner.email]]
    assert "firm@example.com" in mail.outbox[1].body
    assert "firm@example.com" in as_(owner).get("/accounts/unit/").text
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": "firm", "password": PASSWORD})
    assert len(mail.outbox) == 2


def test_whoever_waits_for_the_owner_is_told_so(client):
    unit = UnitFactory(uscc=CODE)
    owner = owner_of(unit, "first")
    sign_up(client)
    follow(client, mail.outbox[0])
    for address in ("/", "/accounts/unit/"):
        page = client.get(address, headers={"Accept-Language": "en"}).text
        assert f"You asked to join {unit}" in page
        assert str(owner) not in page
        assert owner.email not in page


def test_a_unit_whose_only_account_was_locked_can_be_registered_again():
    owner = owner_of(UnitFactory(uscc=CODE), "squatter")
    User.objects.filter(pk=owner.pk).update(is_active=False)
    sign_up()
    assert Membership.objects.filter(unit__uscc=CODE, user__username="firm").exists()


def test_of_two_at_once_the_second_asks_the_first(monkeypatch, client):
    """The first registers after the second's form was checked and before it is saved."""
    save = UnitSignupForm.save

    def overtaken(form, request):
        owner_of(UnitFactory(uscc=CODE), "first")
        return save(form, request)

    monkeypatch.setattr(UnitSignupForm, "save", overtaken)
    sign_up(client)
    assert JoinRequest.objects.get().user.username == "firm"
    assert Membership.objects.get().user.username == "first"


def test_of_two_who_take_one_user_name_at_once_the_second_is_told(monkeypatch, client):
    save = UnitSignupForm.save

    def overtaken(form, request):
        owner_of(UnitFactory(), "firm")
        return save(form, request)

    monkeypatch.setattr(UnitSignupForm, "save", overtaken)
    assert "__all__" in errors_of(sign_up(client))
    assert not Unit.objects.filter(uscc=CODE).exists()


@pytest.mark.parametrize("field", ["full_name", "unit_name", "unit_kind", "place", "contact_phone"])
def test_what_is_needed_is_asked_for(field):
    assert field in errors_of(sign_up(**{field: ""}))
    assert not User.objects.exists()


def test_an_address_with_an_account_gets_a_mail_and_no_second_account():
    """The page does not tell a stranger who has an account here."""
    owner_of(UnitFactory(), "other")
    User.objects.update(email="firm@example.com")
    response = sign_up()
    assert response.headers["Location"] == "/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert mail.outbox[0].to == ["firm@example.com"]


def test_without_a_mail_server_the_account_is_kept_and_the_page_says_so(settings):
    settings.EMAIL_BACKEND = "tests.notices.test_delivery.BrokenServer"
    client = Client(headers={"Accept-Language": "en"})
    page = client.post("/accounts/signup/", GIVEN, follow=True)
    assert "could not be sent just now" in page.text
    assert User.objects.get().username == "firm"


def test_the_page_is_ours():
    """allauth serves the same address; ours, which answers races, comes first."""
    assert Client().get("/accounts/signup/").context["view"].__class__ is SignUp
