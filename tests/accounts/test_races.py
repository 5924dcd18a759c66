"""Two at once, for real: what both may do alone, one of them is refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client

from accounts.invitations import accept, invite
from accounts.joining import approve, enter_unit
from accounts.models import Invitation, JoinRequest, Membership, User
from accounts.people import change_role, end_membership, hand_over
from tests.factories import code_of
from tests.people import PASSWORD, owner_of, person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list:
    """What each of `acts`, begun at the same moment, came to: done, or why it was refused."""
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait()
            act()
        except ValidationError as refused:
            return refused.message
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("way", ["leave", "step down", "hand over and leave"])
def test_of_two_owners_who_go_at_once_one_stays(way, lead_owner, lead_unit):
    second = owner_of(lead_unit, "second")
    places = {user: lead_unit.memberships.get(user=user) for user in (lead_owner, second)}

    def go(user):
        if way == "leave":
            return lambda: end_membership(places[user], by=user)
        if way == "step down":
            return lambda: change_role(places[user], by=user, role="reader")
        if user == second:
            return lambda: end_membership(places[second], by=second)
        return lambda: hand_over(places[second], by=lead_owner)

    at_once(go(lead_owner), go(second))
    assert lead_unit.memberships.owning().exists()


def test_of_two_owners_who_remove_each_other_one_stays(lead_owner, lead_unit):
    second = owner_of(lead_unit, "second")
    first_place, second_place = lead_unit.memberships.order_by("pk")
    told = at_once(
        lambda: end_membership(second_place, by=lead_owner),
        lambda: end_membership(first_place, by=second),
    )
    assert told.count("done") == 1
    assert lead_unit.memberships.owning().count() == 1


def test_an_invitation_is_accepted_once(lead_owner, lead_unit, stranger):
    made, _token = invite(lead_unit, by=lead_owner, email=stranger.email, role="editor")
    told = at_once(*[lambda: accept(made, user=stranger)] * 2)
    assert told.count("done") == 1
    assert lead_unit.memberships.filter(user=stranger).count() == 1
    assert Invitation.objects.get().accepted_at is not None


def test_a_request_is_answered_once(lead_owner, lead_unit, stranger):
    second = owner_of(lead_unit, "second")
    asked = JoinRequest.objects.create(unit=lead_unit, user=stranger)
    told = at_once(
        lambda: approve(asked, by=lead_owner, role="editor"),
        lambda: approve(asked, by=second, role="owner"),
    )
    assert told.count("done") == 1
    asked.refresh_from_db()
    role = lead_unit.memberships.get(user=stranger).role
    assert role == {lead_owner: "editor", second: "owner"}[asked.decided_by]


def test_of_two_who_register_a_unit_at_once_the_second_asks_the_first():
    users = [person("one"), person("two")]
    data = {"uscc": code_of(4713), "name": "南京示例", "kind": "enterprise", "place": "320115"}
    assert at_once(*[lambda user=user: enter_unit(user, **data) for user in users]) == ["done"] * 2
    owner = Membership.objects.get()
    assert owner.role == "owner"
    assert JoinRequest.objects.get().user in set(users) - {owner.user}


def test_of_two_registrations_by_one_link_one_enters(lead_owner, lead_unit):
    _made, token = invite(lead_unit, by=lead_owner, email="new@example.com", role="editor")

    def register(username):
        account = {"full_name": "丁样例", "username": username}
        data = account | {"password1": PASSWORD, "password2": PASSWORD}
        return lambda: Client().post(f"/accounts/invitations/{token}/", data)

    at_once(register("one"), register("two"))
    (user,) = User.objects.filter(username__in=("one", "two"))
    assert lead_unit.memberships.get(user=user).role == "editor"
    assert lead_unit.memberships.count() == 2
