"""The cast: who appears in the tests, as fixtures, and how each signs in."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from tests.factories import UnitFactory, UserFactory

PASSWORD = "a password for tests"
_HASH = make_password(PASSWORD, hasher="md5")


def as_(user) -> Client:
    """A client that is signed in as `user`."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def person(username: str, **fields):
    """Somebody whose e-mail address is confirmed, so that the sign-in page lets them in."""
    user = UserFactory(username=username, password=_HASH, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def officer(username: str, role: Role):
    user = person(username, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def belonging_to(unit, username: str, role: str):
    user = person(username)
    Membership.objects.create(user=user, unit=unit, role=role)
    return user


def owner_of(unit, username: str):
    return belonging_to(unit, username, Membership.Role.OWNER)


@pytest.fixture
def lead_unit(db):
    return UnitFactory(name="南京示例星火智能装备有限公司")


@pytest.fixture
def lead_owner(lead_unit):
    return owner_of(lead_unit, "lead_owner")


@pytest.fixture
def lead_editor(lead_unit):
    return belonging_to(lead_unit, "lead_editor", Membership.Role.EDITOR)


@pytest.fixture
def lead_reader(lead_unit):
    return belonging_to(lead_unit, "lead_reader", Membership.Role.READER)


@pytest.fixture
def lead2_owner(db):
    return owner_of(UnitFactory(name="南京样板云帆软件有限公司"), "lead2_owner")


@pytest.fixture
def member_user(db):
    unit = UnitFactory(name="示例江东理工大学", kind="university")
    return owner_of(unit, "member_user")


@pytest.fixture
def stranger(db):
    return person("stranger")


@pytest.fixture
def intake(db):
    return officer("intake", Role.INTAKE)


@pytest.fixture
def reviewer(db):
    return officer("reviewer", Role.REVIEWER)


@pytest.fixture
def decider(db):
    return officer("decider", Role.DECIDER)


@pytest.fixture
def decider2(db):
    return officer("decider2", Role.DECIDER)


@pytest.fixture
def auditor(db):
    return officer("auditor", Role.AUDITOR)


@pytest.fixture
def administrator(db):
    return officer("administrator", Role.ADMINISTRATOR)


@pytest.fixture
def superuser(db):
    return person("superuser", is_staff=True, is_superuser=True)
