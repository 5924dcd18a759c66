"""The administrator's pages of people and units."""

import pytest
from django.contrib.auth.models import Group

from accounts.invitations import invite
from accounts.models import JoinRequest, Unit, User
from accounts.roles import Role, roles_of
from tests.factories import UnitFactory
from tests.people import as_, belonging_to

pytestmark = pytest.mark.django_db

PEOPLE, UNITS = "/admin/accounts/user/", "/admin/accounts/unit/"


def groups(*roles) -> list[int]:
    return [Group.objects.get_or_create(name=role)[0].pk for role in roles]


def person(**changes) -> dict:
    return {
        "username": "newcomer",
        "full_name": "新进人员",
        "email": "newcomer@example.com",
        "language": "zh-hans",
        "is_active": "on",
        "password1": "谐波减速器装配车间一",
        "password2": "谐波减速器装配车间一",
        **NO_ROWS,
    } | changes


# What the browser sends for the lists of people, invitations and requests.
NO_ROWS = {
    f"{rows}-{count}": "0"
    for rows in ("memberships", "invitations", "join_requests")
    for count in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def fresh(user) -> User:
    return User.objects.get(pk=user.pk)


def test_an_officer_is_created_with_roles(administrator):
    client = as_(administrator)
    client.post(f"{PEOPLE}add/", person(groups=groups(Role.INTAKE, Role.REVIEWER)))
    user = User.objects.get(username="newcomer")
    assert roles_of(user) == {Role.INTAKE, Role.REVIEWER}
    assert user.check_password("谐波减速器装配车间一")
    assert not user.is_superuser


@pytest.mark.parametrize("other", [Role.INTAKE, Role.DECIDER, Role.ADMINISTRATOR])
def test_an_auditor_holds_no_other_role(other, administrator, intake):
    client = as_(administrator)
    both = groups(Role.AUDITOR, other)
    page = client.post(f"{PEOPLE}add/", person(groups=both))
    assert page.context["adminform"].form.errors["groups"]
    assert not User.objects.filter(username="newcomer").exists()
    page = client.post(f"{PEOPLE}{intake.pk}/change/", person(groups=both))
    assert page.context["adminform"].form.errors["groups"]
    assert roles_of(fresh(intake)) == {Role.INTAKE}


def test_roles_are_given_and_taken(administrator, intake):
    client = as_(administrator)
    client.post(f"{PEOPLE}{intake.pk}/change/", person(groups=groups(Role.AUDITOR)))
    assert roles_of(fresh(intake)) == {Role.AUDITOR}
    client.post(f"{PEOPLE}{intake.pk}/change/", person())
    assert roles_of(fresh(intake)) == set()
    assert not fresh(intake).is_staff


def test_nobody_gives_roles_to_oneself(administrator):
    as_(administrator).post(
        f"{PEOPLE}{administrator.pk}/change/",
        person(username=administrator.username, groups=groups(Role.DECIDER)),
    )
    assert roles_of(fresh(administrator)) == {Role.ADMINISTRATOR}
    assert fresh(administrator).full_name == "新进人员"
    assert fresh(administrator).is_staff


def test_an_administrator_has_no_power_over_superusers(administrator, superuser):
    client = as_(administrator)
    assert client.get(f"{PEOPLE}{superuser.pk}/change/").status_code == 200
    assert client.post(f"{PEOPLE}{superuser.pk}/change/", person()).status_code == 403
    password = {"password1": "谐波减速器装配车间一", "password2": "谐波减速器装配车间一"}
    assert client.post(f"{PEOPLE}{superuser.pk}/password/", password).status_code == 404
    assert fresh(superuser).username == superuser.username
    client.post(f"{PEOPLE}add/", person(is_superuser="on", is_staff="on"))
    assert not User.objects.get(username="newcomer").is_superuser


@pytest.mark.parametrize("cast", ["intake", "decider", "auditor"])
def test_others_change_no_people(cast, request, stranger):
    client = as_(request.getfixturevalue(cast))
    assert client.post(f"{PEOPLE}add/", person()).status_code in (403, 404)
    page = client.post(f"{PEOPLE}{stranger.pk}/change/", person(groups=groups(Role.DECIDER)))
    assert page.status_code in (403, 404)
    password = {"password1": "谐波减速器装配车间一", "password2": "谐波减速器装配车间一"}
    assert client.post(f"{PEOPLE}{stranger.pk}/password/", password).status_code in (403, 404)
    assert roles_of(fresh(stranger)) == set()
    assert not User.objects.filter(username="newcomer").exists()


def test_a_unit_is_mended_but_keeps_its_code(administrator):
    unit = UnitFactory()
    data = {
        "uscc": "91350100M000100Y43",
        "name": "更名后的公司",
        "kind": "enterprise",
        "place": "320106",
    }
    as_(administrator).post(f"{UNITS}{unit.pk}/change/", data | NO_ROWS)
    mended = Unit.objects.get(pk=unit.pk)
    assert (mended.name, mended.uscc) == ("更名后的公司", unit.uscc)


def with_role(unit, membership, role) -> dict:
    """What the administrator's form of a unit sends, with another role for one of its people."""
    return NO_ROWS | {
        "name": unit.name, "kind": unit.kind, "place": unit.place,
        "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": membership.pk, "memberships-0-unit": unit.pk,
        "memberships-0-role": role, "memberships-0-user": "1",
    }  # fmt: skip


def test_a_unit_whose_owner_is_gone_gets_another_of_its_people(administrator, lead_unit):
    """The owner's account was locked; the editor can't let anybody in."""
    place = belonging_to(lead_unit, "editor", "editor").memberships.get()
    url = f"{UNITS}{lead_unit.pk}/change/"
    as_(administrator).post(url, with_role(lead_unit, place, "owner"))
    user = place.user
    place.refresh_from_db()
    assert (place.role, place.user) == ("owner", user)


@pytest.mark.parametrize("cast", ["intake", "auditor"])
def test_nobody_else_at_the_bureau_makes_owners(cast, request, lead_unit):
    place = belonging_to(lead_unit, "editor", "editor").memberships.get()
    client = as_(request.getfixturevalue(cast))
    url = f"{UNITS}{lead_unit.pk}/change/"
    assert client.post(url, with_role(lead_unit, place, "owner")).status_code == 403
    place.refresh_from_db()
    assert place.role == "editor"


def test_the_bureau_sees_who_is_on_the_way_into_a_unit(auditor, lead_owner, lead_unit, stranger):
    JoinRequest.objects.create(unit=lead_unit, user=stranger)
    invite(lead_unit, by=lead_owner, email="new@example.com", role="editor")
    page = as_(auditor).get(f"{UNITS}{lead_unit.pk}/change/").text
    assert "new@example.com" in page
    assert str(stranger) in page


@pytest.mark.parametrize("cast", ["intake", "reviewer", "decider", "auditor"])
def test_others_read_units_only(cast, request):
    unit = UnitFactory()
    client = as_(request.getfixturevalue(cast))
    assert client.get(f"{UNITS}{unit.pk}/change/").status_code == 200
    assert client.post(f"{UNITS}{unit.pk}/change/", {"name": "x"}).status_code == 403
    assert Unit.objects.get(pk=unit.pk).name == unit.name


@pytest.mark.parametrize("rows", [0, 2])
def test_the_lists_ask_a_constant_number_of_questions(
    rows, administrator, intake, reviewer, django_assert_num_queries
):
    UnitFactory.create_batch(rows + 1)
    for number in range(rows):
        user = User.objects.create(username=f"p{number}", email=f"p{number}@example.com")
        user.groups.add(*groups(Role.INTAKE))
    client = as_(administrator)
    for address, queries in ((PEOPLE, 5), (UNITS, 4)):
        client.get(address)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
