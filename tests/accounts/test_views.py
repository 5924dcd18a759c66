"""My unit and my account: what its people see and may change."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Membership, User
from tests.factories import UnitFactory
from tests.people import PASSWORD, as_, owner_of, person

pytestmark = pytest.mark.django_db

EDITOR = Membership.Role.EDITOR
DETAILS = {
    "kind": "institute", "place": "320104", "address": "示例路2号",
    "legal_representative": "丙样本", "contact_name": "乙演示", "contact_phone": "025-11111111",
}  # fmt: skip
NEW = {"full_name": "丁样例", "email": "New@example.com", "role": "editor"}


def editor_of(unit, username="editor"):
    user = person(username)
    Membership.objects.create(user=user, unit=unit, role=EDITOR)
    return user


def people_of(unit) -> set:
    return set(unit.memberships.values_list("user__username", flat=True))


def add(client, unit, **changes):
    return client.post(f"/accounts/unit/{unit.pk}/people/add/", NEW | changes)


def removal(unit, user) -> str:
    membership = unit.memberships.get(user=user)
    return f"/accounts/unit/{unit.pk}/people/{membership.pk}/"


def test_an_owner_mends_the_details_and_not_what_the_licence_says(lead_owner, lead_unit):
    posted = DETAILS | {"name": "别的名称", "uscc": "91320191XX000102X7"}
    response = as_(lead_owner).post(f"/accounts/unit/{lead_unit.pk}/", posted)
    assert response.headers["Location"] == "/accounts/unit/"
    name, code = lead_unit.name, lead_unit.uscc
    lead_unit.refresh_from_db()
    assert (lead_unit.name, lead_unit.uscc) == (name, code)
    assert (lead_unit.kind, lead_unit.address) == ("institute", "示例路2号")


def test_a_wrong_detail_is_told_and_nothing_saved(lead_owner, lead_unit):
    page = as_(lead_owner).post(f"/accounts/unit/{lead_unit.pk}/", DETAILS | {"place": "nowhere"})
    assert "error-summary" in page.text
    lead_unit.refresh_from_db()
    assert lead_unit.address == ""


@pytest.mark.parametrize("address", ["", "people/add/"])
def test_only_owners_change_a_unit(address, lead_owner, lead_unit, lead2_owner, stranger):
    url = f"/accounts/unit/{lead_unit.pk}/{address}"
    assert as_(lead_owner).get(url).status_code == 200
    for user in (editor_of(lead_unit), lead2_owner, stranger):
        assert as_(user).get(url).status_code == 404
        assert as_(user).post(url, DETAILS | NEW).status_code == 404
    assert Client().get(url).status_code == 302
    assert people_of(lead_unit) == {"lead_owner", "editor"}


def test_an_editor_sees_the_unit_but_no_buttons(lead_unit, lead_owner):
    page = as_(editor_of(lead_unit)).get("/accounts/unit/").text
    assert lead_unit.uscc in page
    assert f"/accounts/unit/{lead_unit.pk}/" not in page


def test_who_belongs_nowhere_is_told_what_to_do(stranger):
    assert "empty" in as_(stranger).get("/accounts/unit/").text


def test_a_new_colleague_gets_an_account_and_sets_a_password(lead_owner, lead_unit):
    assert add(as_(lead_owner), lead_unit).headers["Location"] == "/accounts/unit/"
    user = User.objects.get(email="new@example.com")
    assert (user.full_name, user.has_usable_password()) == ("丁样例", False)
    assert lead_unit.memberships.get(user=user).role == EDITOR
    assert mail.outbox[0].to == ["new@example.com"]
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    client = Client()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/accounts/login/", {"login": "new@example.com", "password": PASSWORD})
    assert lead_unit.name in client.get("/accounts/unit/").text


def test_a_colleague_with_an_account_is_let_in_with_it(lead_owner, lead_unit, stranger):
    add(as_(lead_owner), lead_unit, email=stranger.email.upper(), role="owner")
    assert lead_unit.memberships.get(user=stranger).role == Membership.Role.OWNER
    stranger.refresh_from_db()
    assert stranger.full_name != NEW["full_name"]
    assert "/accounts/login/" in mail.outbox[0].body
    assert "/password/" not in mail.outbox[0].body


def test_nobody_is_let_in_twice(lead_owner, lead_unit):
    editor = editor_of(lead_unit)
    page = add(as_(lead_owner), lead_unit, email=editor.email, role="owner")
    assert "email" in page.context["form"].errors
    assert lead_unit.memberships.get(user=editor).role == EDITOR
    assert not mail.outbox


def test_the_bureaus_people_belong_to_no_unit(lead_owner, lead_unit, decider):
    page = add(as_(lead_owner), lead_unit, email=decider.email)
    assert "email" in page.context["form"].errors
    assert people_of(lead_unit) == {"lead_owner"}


def test_invitations_are_braked(lead_owner, lead_unit, settings):
    settings.ACCOUNT_RATE_LIMITS = {"invite": "1/d/user"}
    client = as_(lead_owner)
    add(client, lead_unit)
    page = add(client, lead_unit, email="another@example.com")
    assert page.context["form"].non_field_errors()
    assert len(mail.outbox) == 1


def test_an_owner_removes_a_colleague_after_asking(lead_owner, lead_unit):
    editor = editor_of(lead_unit)
    url, client = removal(lead_unit, editor), as_(lead_owner)
    assert str(editor) in client.get(url).text
    assert people_of(lead_unit) == {"lead_owner", "editor"}
    client.post(url)
    assert people_of(lead_unit) == {"lead_owner"}
    assert as_(editor).get("/filings/").status_code == 200
    assert User.objects.filter(pk=editor.pk).exists()


def test_the_last_owner_stays(lead_owner, lead_unit):
    editor_of(lead_unit)
    client = as_(lead_owner)
    client.post(removal(lead_unit, lead_owner))
    assert "lead_owner" in people_of(lead_unit)
    owner_of(lead_unit, "second")
    client.post(removal(lead_unit, lead_owner))
    assert people_of(lead_unit) == {"editor", "second"}


def test_others_remove_nobody(lead_owner, lead_unit, lead2_owner):
    editor = editor_of(lead_unit)
    url = removal(lead_unit, lead_owner)
    for user in (editor, lead2_owner):
        assert as_(user).post(url).status_code == 404
    foreign = lead2_owner.memberships.get()
    url = f"/accounts/unit/{lead_unit.pk}/people/{foreign.pk}/"
    assert as_(lead_owner).post(url).status_code == 404
    assert Membership.objects.count() == 3


def test_one_chooses_the_language_of_ones_messages(stranger):
    as_(stranger).post("/accounts/me/", {"full_name": "新姓名", "language": "en", "username": "x"})
    stranger.refresh_from_db()
    assert (stranger.full_name, stranger.language) == ("新姓名", "en")
    assert stranger.username == "stranger"


@pytest.mark.parametrize("units", [1, 3])
def test_the_page_of_units_asks_a_constant_number_of_questions(
    units, stranger, django_assert_num_queries
):
    for number in range(units):
        unit = UnitFactory()
        Membership.objects.create(user=stranger, unit=unit, role=Membership.Role.OWNER)
        editor_of(unit, f"editor{number}")
    client = as_(stranger)
    with django_assert_num_queries(8):
        assert len(client.get("/accounts/unit/").context["memberships"]) == units
