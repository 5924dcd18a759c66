"""Who belongs to a unit as what: roles change, the unit is handed over, people leave and are removed."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Membership, User
from accounts.people import NOT_OWNER, change_role, end_membership, hand_over
from tests.factories import UnitFactory
from tests.people import as_, belonging_to, owner_of

pytestmark = pytest.mark.django_db


def roles_in(unit) -> dict:
    return dict(unit.memberships.values_list("user__username", "role"))


def place(unit, user) -> Membership:
    return unit.memberships.get(user=user)


def url(unit, user, action: str = "") -> str:
    return f"/accounts/unit/{unit.pk}/people/{place(unit, user).pk}/{action}"


@pytest.mark.parametrize("role", ["owner", "editor", "reader"])
def test_an_owner_changes_a_colleagues_role(role, lead_owner, lead_editor, lead_unit):
    answer = as_(lead_owner).post(url(lead_unit, lead_editor), {"role": role})
    assert answer.headers["Location"] == "/accounts/unit/"
    assert roles_in(lead_unit) == {"lead_owner": "owner", "lead_editor": role}


def test_an_unknown_role_is_refused(lead_owner, lead_editor, lead_unit):
    page = as_(lead_owner).post(url(lead_unit, lead_editor), {"role": "king"})
    assert page.context["form"].errors["role"]
    assert roles_in(lead_unit)["lead_editor"] == "editor"


@pytest.mark.parametrize("role", ["editor", "reader"])
def test_the_last_owner_stays_one(role, lead_owner, lead_editor, lead_unit):
    page = as_(lead_owner).post(url(lead_unit, lead_owner), {"role": role})
    assert "error-summary" in page.text
    assert roles_in(lead_unit)["lead_owner"] == "owner"
    owner_of(lead_unit, "second")
    as_(lead_owner).post(url(lead_unit, lead_owner), {"role": role})
    assert roles_in(lead_unit)["lead_owner"] == role


def test_a_locked_owner_does_not_count_as_one(lead_owner, lead_unit):
    second = owner_of(lead_unit, "second")
    User.objects.filter(pk=second.pk).update(is_active=False)
    as_(lead_owner).post(url(lead_unit, lead_owner), {"role": "editor"})
    as_(lead_owner).post(f"/accounts/unit/{lead_unit.pk}/leave/")
    assert roles_in(lead_unit)["lead_owner"] == "owner"
    as_(lead_owner).post(url(lead_unit, second, "remove/"))
    assert roles_in(lead_unit) == {"lead_owner": "owner"}


def test_a_unit_is_handed_over_after_asking(lead_owner, lead_reader, lead_unit):
    client, address = as_(lead_owner), url(lead_unit, lead_reader, "hand-over/")
    assert str(lead_reader) in client.get(address).text
    assert roles_in(lead_unit) == {"lead_owner": "owner", "lead_reader": "reader"}
    client.post(address)
    assert roles_in(lead_unit) == {"lead_owner": "editor", "lead_reader": "owner"}
    assert client.get(url(lead_unit, lead_reader)).status_code == 404


def test_a_unit_is_handed_to_nobody_who_can_not_take_it(lead_owner, lead_editor, lead_unit):
    User.objects.filter(pk=lead_editor.pk).update(is_active=False)
    for user in (lead_owner, lead_editor):
        as_(lead_owner).post(url(lead_unit, user, "hand-over/"))
        assert roles_in(lead_unit) == {"lead_owner": "owner", "lead_editor": "editor"}


def test_an_owner_removes_a_colleague_after_asking(lead_owner, lead_editor, lead_unit):
    address, client = url(lead_unit, lead_editor, "remove/"), as_(lead_owner)
    assert str(lead_editor) in client.get(address).text
    assert set(roles_in(lead_unit)) == {"lead_owner", "lead_editor"}
    client.post(address)
    assert set(roles_in(lead_unit)) == {"lead_owner"}
    assert as_(lead_editor).get("/filings/").status_code == 200
    assert User.objects.filter(pk=lead_editor.pk).exists()


@pytest.mark.parametrize("cast", ["lead_editor", "lead_reader"])
def test_one_leaves_a_unit_after_asking(cast, lead_owner, lead_unit, request):
    client = as_(request.getfixturevalue(cast))
    address = f"/accounts/unit/{lead_unit.pk}/leave/"
    assert lead_unit.name in client.get(address).text
    assert cast in roles_in(lead_unit)
    client.post(address)
    assert cast not in roles_in(lead_unit)
    assert client.get(address).status_code == 404


def test_the_last_owner_does_not_leave(lead_owner, lead_editor, lead_unit):
    client = as_(lead_owner)
    address = f"/accounts/unit/{lead_unit.pk}/leave/"
    page = client.post(address, follow=True, headers={"Accept-Language": "en"})
    assert "A unit keeps at least one owner" in page.text
    assert "lead_owner" in roles_in(lead_unit)
    owner_of(lead_unit, "second")
    client.post(address)
    assert roles_in(lead_unit) == {"lead_editor": "editor", "second": "owner"}


def test_an_editor_may_leave_a_unit_whose_owner_is_locked(lead_owner, lead_editor, lead_unit):
    User.objects.filter(pk=lead_owner.pk).update(is_active=False)
    as_(lead_editor).post(f"/accounts/unit/{lead_unit.pk}/leave/")
    assert set(roles_in(lead_unit)) == {"lead_owner"}


@pytest.mark.parametrize("action", ["", "hand-over/", "remove/"])
def test_others_change_nobodys_place(
    action, lead_owner, lead_editor, lead_reader, lead2_owner, lead_unit
):
    before = roles_in(lead_unit)
    for user in (lead_editor, lead_reader, lead2_owner):
        answer = as_(user).post(url(lead_unit, lead_owner, action), {"role": "reader"})
        assert answer.status_code == 404
    foreign = lead2_owner.memberships.get()
    address = f"/accounts/unit/{lead_unit.pk}/people/{foreign.pk}/{action}"
    assert as_(lead_owner).post(address, {"role": "reader"}).status_code == 404
    assert roles_in(lead_unit) == before
    assert foreign.unit.memberships.get().role == "owner"


@pytest.mark.parametrize(
    "act",
    [
        lambda found, by: change_role(found, by=by, role="reader"),
        lambda found, by: hand_over(found, by=by),
        lambda found, by: end_membership(found, by=by),
    ],
)
def test_who_just_lost_the_unit_acts_no_more(act, lead_owner, lead_unit):
    """The page was open when a second owner took the first one's role away."""
    second, third = owner_of(lead_unit, "second"), belonging_to(lead_unit, "third", "editor")
    change_role(place(lead_unit, lead_owner), by=second, role="editor")
    with pytest.raises(ValidationError) as refused:
        act(place(lead_unit, third), lead_owner)
    assert refused.value.message == NOT_OWNER
    assert roles_in(lead_unit) == {"lead_owner": "editor", "second": "owner", "third": "editor"}


def test_what_is_lost_in_one_unit_stays_in_another(lead_owner, lead_editor, lead_unit):
    other = UnitFactory()
    Membership.objects.create(user=lead_editor, unit=other, role="owner")
    as_(lead_owner).post(url(lead_unit, lead_editor, "remove/"))
    assert roles_in(other) == {"lead_editor": "owner"}
