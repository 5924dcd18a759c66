"""My unit and my account: what its people see and may change."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, JoinRequest, Membership
from tests.factories import UnitFactory
from tests.people import as_, belonging_to, person

pytestmark = pytest.mark.django_db

DETAILS = {
    "kind": "institute", "place": "320104", "address": "示例路2号",
    "legal_representative": "丙样本", "contact_name": "乙演示", "contact_phone": "025-11111111",
}  # fmt: skip


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


@pytest.mark.parametrize("address", ["", "invitations/add/"])
def test_only_owners_change_a_unit(
    address, lead_owner, lead_editor, lead_reader, lead_unit, lead2_owner, stranger
):
    url = f"/accounts/unit/{lead_unit.pk}/{address}"
    assert as_(lead_owner).get(url).status_code == 200
    data = DETAILS | {"email": "new@example.com", "role": "editor"}
    for user in (lead_editor, lead_reader, lead2_owner, stranger):
        assert as_(user).get(url).status_code == 404
        assert as_(user).post(url, data).status_code == 404
    assert Client().get(url).status_code == 302
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("cast", ["lead_editor", "lead_reader"])
def test_a_colleague_sees_who_else_may_edit_but_no_buttons(cast, lead_unit, lead_owner, request):
    user = request.getfixturevalue(cast)
    belonging_to(lead_unit, "another", "editor")
    Invitation.objects.create(
        unit=lead_unit, email="new@example.com", role="owner", digest="0" * 64,
        invited_by=lead_owner, expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    page = as_(user).get("/accounts/unit/", headers={"Accept-Language": "en"}).text
    assert lead_unit.uscc in page
    for name in ("lead_owner", "another"):
        assert f"{name}@example.com" in page
    assert "Owner" in page
    assert "new@example.com" not in page
    addresses = set(re.findall(rf'"(/accounts/unit/{lead_unit.pk}/[^"]*)"', page))
    assert addresses == {f"/accounts/unit/{lead_unit.pk}/leave/"}


def test_who_belongs_nowhere_is_shown_the_way_in(stranger, auditor):
    assert "/accounts/unit/join/" in as_(stranger).get("/accounts/unit/").text
    assert "/accounts/unit/join/" not in as_(auditor).get("/accounts/unit/").text


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
        belonging_to(unit, f"editor{number}", "editor")
        JoinRequest.objects.create(unit=unit, user=person(f"asker{number}"))
        Invitation.objects.create(
            unit=unit, email="new@example.com", role="editor", digest=str(number),
            invited_by=stranger, expires_at=timezone.now(),
        )  # fmt: skip
    client = as_(stranger)
    with django_assert_num_queries(10):
        page = client.get("/accounts/unit/")
    assert len(page.context["memberships"]) == units
    assert page.text.count("/resend/") == page.text.count("/requests/") == units
