"""Whoever knows a unit's code asks its owner; where nobody is there yet, the unit is registered."""

import pytest
from django.core import mail
from django.test import Client

from accounts.models import JoinRequest, Membership, Unit, User
from tests.factories import UnitFactory, code_of
from tests.people import as_, owner_of, person

pytestmark = pytest.mark.django_db

JOIN, REGISTER = "/accounts/unit/join/", "/accounts/unit/register/"
CODE = code_of(4712)
DETAILS = {
    "uscc": CODE, "unit_name": "南京示例新锐装备有限公司", "unit_kind": "enterprise",
    "place": "320115", "contact_phone": "025-00000000",
}  # fmt: skip
EN = {"Accept-Language": "en"}


def ask(user, unit, **data):
    return as_(user).post(JOIN, {"uscc": unit.uscc, **data}, headers=EN)


def decide(owner, request, **data):
    url = f"/accounts/unit/{request.unit_id}/requests/{request.pk}/"
    return as_(owner).post(url, data, headers=EN)


@pytest.fixture
def asked(lead_owner, lead_unit, stranger) -> JoinRequest:
    assert ask(stranger, lead_unit).headers["Location"] == "/accounts/unit/"
    return JoinRequest.objects.get()


def test_to_know_the_code_opens_nothing(asked, stranger, lead_owner, lead_unit):
    client = as_(stranger)
    for address in ("/", "/accounts/unit/"):
        page = client.get(address, headers=EN).text
        assert f"You asked to join {lead_unit}" in page
        assert lead_owner.email not in page
        assert str(lead_owner) not in page
    assert not Membership.objects.filter(user=stranger).exists()


def test_the_owners_are_told_by_mail_and_on_their_pages(
    asked, stranger, lead_owner, lead_editor, lead_unit
):
    assert [letter.to for letter in mail.outbox] == [[lead_owner.email]]
    assert f"/accounts/unit/{lead_unit.pk}/requests/{asked.pk}/" in mail.outbox[0].body
    for address in ("/", "/accounts/unit/"):
        assert str(stranger) in as_(lead_owner).get(address).text
        assert str(stranger) not in as_(lead_editor).get(address).text


def test_to_ask_again_changes_nothing(asked, stranger, lead_unit):
    ask(stranger, lead_unit)
    assert JoinRequest.objects.count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("role", ["owner", "editor", "reader"])
def test_the_owner_lets_in_and_chooses_the_role(role, asked, stranger, lead_owner, lead_unit):
    decide(lead_owner, asked, approve="1", role=role)
    assert lead_unit.memberships.get(user=stranger).role == role
    asked.refresh_from_db()
    assert (asked.outcome, asked.decided_by) == ("approved", lead_owner)
    assert mail.outbox[-1].to == [stranger.email]
    assert lead_unit.name in as_(stranger).get("/accounts/unit/").text


def test_the_owner_declines_with_a_reason(asked, stranger, lead_owner, lead_unit):
    page = decide(lead_owner, asked, decline="1", reason=" ")
    assert page.context["declining"].errors["reason"]
    decide(lead_owner, asked, decline="1", reason="请使用单位邮箱申请。")
    asked.refresh_from_db()
    assert (asked.outcome, asked.reason) == ("declined", "请使用单位邮箱申请。")
    assert not lead_unit.memberships.filter(user=stranger).exists()
    assert "请使用单位邮箱申请。" in mail.outbox[-1].body
    assert "请使用单位邮箱申请。" in as_(stranger).get("/accounts/unit/").text
    ask(stranger, lead_unit)
    assert JoinRequest.objects.pending().count() == 1


def test_an_answer_is_given_once(asked, lead_owner, lead_unit):
    second = owner_of(lead_unit, "second")
    decide(lead_owner, asked, approve="1", role="editor")
    assert decide(second, asked, decline="1", reason="不认识。").status_code == 404
    asked.refresh_from_db()
    assert asked.outcome == "approved"


@pytest.mark.parametrize("cast", ["stranger", "lead_editor", "lead_reader", "lead2_owner"])
def test_nobody_else_lets_in(cast, asked, lead_unit, request):
    user = request.getfixturevalue(cast)
    assert decide(user, asked, approve="1", role="owner").status_code == 404
    asked.refresh_from_db()
    assert asked.outcome == "pending"


def test_an_owner_of_another_unit_does_not_let_in_here(asked, lead2_owner):
    foreign = lead2_owner.memberships.get().unit_id
    url = f"/accounts/unit/{foreign}/requests/{asked.pk}/"
    assert as_(lead2_owner).post(url, {"approve": "1", "role": "owner"}).status_code == 404


def test_the_asker_takes_it_back(asked, stranger, lead_owner, lead2_owner):
    url = f"/accounts/unit/requests/{asked.pk}/cancel/"
    assert as_(lead2_owner).post(url).status_code == 404
    as_(stranger).post(url)
    asked.refresh_from_db()
    assert asked.outcome == "cancelled"
    assert decide(lead_owner, asked, approve="1", role="editor").status_code == 404
    assert str(stranger) not in as_(lead_owner).get("/accounts/unit/").text


def test_what_was_answered_is_not_taken_back(asked, stranger, lead_owner):
    decide(lead_owner, asked, decline="1", reason="不认识。")
    as_(stranger).post(f"/accounts/unit/requests/{asked.pk}/cancel/")
    asked.refresh_from_db()
    assert asked.outcome == "declined"


def test_a_locked_asker_is_not_shown(asked, stranger, lead_owner):
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    assert decide(lead_owner, asked, approve="1", role="editor").status_code == 404


def test_an_unknown_code_leads_on_to_registering(stranger):
    named = UnitFactory(uscc=CODE, name="示例旧名称")
    client = as_(stranger)
    answer = client.post(JOIN, {"uscc": CODE, "next": "/filings/"})
    assert answer.headers["Location"] == f"{REGISTER}?uscc={CODE}&next=%2Ffilings%2F"
    assert CODE in client.get(answer.headers["Location"]).text
    answer = client.post(REGISTER, DETAILS | {"next": "/filings/"})
    assert answer.headers["Location"] == "/filings/"
    unit = Unit.objects.get()
    assert (unit.pk, unit.name, unit.contact_name) == (
        named.pk,
        DETAILS["unit_name"],
        str(stranger),
    )
    assert unit.memberships.get(user=stranger).role == "owner"
    assert not mail.outbox


def test_nobody_is_sent_on_to_another_site(stranger):
    answer = as_(stranger).post(REGISTER, DETAILS | {"next": "https://evil.example.com/"})
    assert answer.headers["Location"] == "/accounts/unit/"


def test_to_register_a_registered_unit_is_to_ask(lead_owner, lead_unit, stranger):
    name = lead_unit.name
    as_(stranger).post(REGISTER, DETAILS | {"uscc": lead_unit.uscc})
    lead_unit.refresh_from_db()
    assert lead_unit.name == name
    assert JoinRequest.objects.get().unit == lead_unit
    assert mail.outbox[0].to == [lead_owner.email]


@pytest.mark.parametrize("address", [JOIN, REGISTER])
def test_who_belongs_to_the_unit_is_told_so(address, lead_editor, lead_owner, lead_unit):
    page = as_(lead_editor).post(address, DETAILS | {"uscc": lead_unit.uscc})
    assert page.context["form"].errors["uscc"]
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize("address", [JOIN, REGISTER])
def test_a_wrong_code_is_explained(address, stranger):
    page = as_(stranger).post(address, DETAILS | {"uscc": CODE[:17]}, headers=EN)
    assert "exactly 18 characters" in page.text
    assert not Unit.objects.exists()


@pytest.mark.parametrize("address", [JOIN, REGISTER])
def test_the_bureaus_people_belong_to_no_unit(address, decider, lead_unit):
    client = as_(decider)
    assert client.get(address).status_code == 404
    assert client.post(address, DETAILS).status_code == 404
    assert not Membership.objects.exists()


def test_trying_out_codes_is_braked(lead_owner, lead_unit, stranger, settings):
    settings.ACCOUNT_RATE_LIMITS = {"join": "1/d/user"}
    ask(stranger, lead_unit)
    page = as_(stranger).post(REGISTER, DETAILS)
    assert page.context["form"].non_field_errors()
    assert not Unit.objects.filter(uscc=CODE).exists()


def test_a_unit_without_active_people_is_free(lead_owner, lead_unit, stranger):
    User.objects.filter(pk=lead_owner.pk).update(is_active=False)
    assert REGISTER in ask(stranger, lead_unit).headers["Location"]
    as_(stranger).post(REGISTER, DETAILS | {"uscc": lead_unit.uscc})
    assert lead_unit.memberships.get(user=stranger).role == "owner"


def test_visitors_sign_in_first():
    assert "/accounts/login/" in Client().get(JOIN).headers["Location"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_front_page_of_an_owner_takes_the_same_queries(
    rows, lead_owner, lead_unit, django_assert_num_queries
):
    for number in range(rows):
        JoinRequest.objects.create(unit=lead_unit, user=person(f"asker{number}"))
    client = as_(lead_owner)
    with django_assert_num_queries(20):
        page = client.get("/")
    assert page.text.count("/requests/") == rows
