"""A mobile number: proved by a code that goes to it, within limits, or not kept at all."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from accounts.models import AuditEntry
from tests.people import as_

pytestmark = pytest.mark.django_db

PAGE = "/inbox/preferences/phone/"
CODE_PAGE = f"{PAGE}code/"
NUMBER = "13800138000"


def code_of(gateway) -> str:
    asked = gateway.asked[-1]
    assert asked["TemplateCode"] == "SMS_3"
    return asked["TemplateParam"].removeprefix('{"code":"').removesuffix('"}')


def asked_for(user, number=NUMBER):
    client = as_(user)
    return client, client.post(PAGE, {"phone": number})


@pytest.mark.parametrize("written", [NUMBER, "138 0013 8000", "+86 138-0013-8000"])
def test_whoever_reads_the_code_has_the_number(written, gateway, stranger):
    client, answer = asked_for(stranger, written)
    assert answer.headers["Location"] == CODE_PAGE
    assert gateway.asked[0]["PhoneNumbers"] == NUMBER
    stranger.refresh_from_db()
    assert stranger.phone == "", "nothing is kept before it is proved"
    assert "138****8000" in client.get(CODE_PAGE).text
    answer = client.post(CODE_PAGE, {"code": f" {code_of(gateway)} "})
    assert answer.headers["Location"] == "/inbox/preferences/"
    stranger.refresh_from_db()
    assert stranger.phone == NUMBER


def test_another_code_proves_nothing(gateway, stranger):
    client, _answer = asked_for(stranger)
    wrong = f"{(int(code_of(gateway)) + 1) % 10**6:06d}"
    page = client.post(CODE_PAGE, {"code": wrong})
    assert "code" in page.context["form"].errors
    stranger.refresh_from_db()
    assert stranger.phone == ""


def test_a_code_is_guessed_five_times_at_most(gateway, stranger):
    client, _answer = asked_for(stranger)
    code = code_of(gateway)
    for _guess in range(5):
        client.post(CODE_PAGE, {"code": f"{(int(code) + 1) % 10**6:06d}"})
    client.post(CODE_PAGE, {"code": code})
    stranger.refresh_from_db()
    assert stranger.phone == ""


def test_a_code_is_over_after_ten_minutes(gateway, stranger):
    client, _answer = asked_for(stranger)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        answer = client.post(CODE_PAGE, {"code": code_of(gateway)})
    assert answer.headers["Location"] == PAGE
    stranger.refresh_from_db()
    assert stranger.phone == ""


def test_a_code_works_for_its_own_session_and_once(gateway, stranger, reviewer):
    client, _answer = asked_for(stranger)
    code = code_of(gateway)
    assert as_(reviewer).post(CODE_PAGE, {"code": code}).headers["Location"] == PAGE
    client.post(CODE_PAGE, {"code": code})
    assert client.post(CODE_PAGE, {"code": code}).headers["Location"] == PAGE


def test_codes_are_sent_once_a_minute_and_five_times_a_day(gateway, stranger):
    client, _answer = asked_for(stranger)
    page = client.post(PAGE, {"phone": NUMBER})
    assert "phone" in page.context["form"].errors
    assert page.context["form"]["phone"].value() == NUMBER
    assert len(gateway.asked) == 1
    for minute in range(1, 8):
        with time_machine.travel(timezone.now() + timedelta(minutes=2 * minute)):
            client.post(PAGE, {"phone": f"1390000000{minute}"})
    assert len(gateway.asked) == 5


def test_one_number_is_not_pestered_by_many_people(gateway, stranger, reviewer, intake, lead_owner):
    people = [stranger, reviewer, intake, lead_owner]
    for number, person in enumerate(people * 2):
        with time_machine.travel(timezone.now() + timedelta(minutes=2 * number)):
            asked_for(person)
    assert len(gateway.asked) == 5


@pytest.mark.parametrize(
    "number", ["", "1380013800", "12800138000", "025-83370000", "+1 212 555 0100"]
)
def test_what_is_no_mainland_number_is_told_beside_the_field(number, gateway, stranger):
    _client, page = asked_for(stranger, number)
    assert "phone" in page.context["form"].errors
    assert not gateway.asked


@pytest.mark.parametrize("act", ["isv.MOBILE_NUMBER_ILLEGAL", "isv.BUSINESS_LIMIT_CONTROL"])
def test_a_gateway_that_sends_nothing_says_so_beside_the_field(act, gateway, stranger):
    gateway.plan = [act]
    client, page = asked_for(stranger)
    assert "phone" in page.context["form"].errors
    assert client.get(CODE_PAGE).headers["Location"] == PAGE


def test_a_code_whose_answer_never_came_can_still_be_used(gateway, stranger):
    gateway.plan = ["break off"]
    client, answer = asked_for(stranger)
    assert answer.headers["Location"] == CODE_PAGE
    client.post(CODE_PAGE, {"code": code_of(gateway)})
    stranger.refresh_from_db()
    assert stranger.phone == NUMBER


def test_a_number_is_taken_away_again_and_the_trail_shows_no_number(gateway, stranger):
    stranger.phone = NUMBER
    stranger.save()
    client = as_(stranger)
    assert client.get(f"{PAGE}remove/").status_code == 405
    client.post(f"{PAGE}remove/")
    stranger.refresh_from_db()
    assert stranger.phone == ""
    entries = AuditEntry.objects.filter(subject="accounts_user", after__has_key="phone")
    assert entries.filter(actor=stranger).exists()
    assert NUMBER not in str(list(entries.values_list("before", "after")))


def test_without_a_gateway_there_is_no_such_page(stranger):
    cache.clear()
    client = as_(stranger)
    for address in (PAGE, CODE_PAGE):
        assert client.get(address).status_code == 404
        assert client.post(address, {"phone": NUMBER}).status_code == 404


def test_the_bureau_sees_the_ends_of_a_number_alone(administrator, stranger):
    stranger.phone = NUMBER
    stranger.save()
    page = as_(administrator).get(f"/admin/accounts/user/{stranger.pk}/change/").text
    assert "138****8000" in page
    assert NUMBER not in page
