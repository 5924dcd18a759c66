"""Doors that stand open by design, and that the rest is closed to whoever is not signed in."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_way_in_is_open(name):
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.parametrize("path", ["/filings/", "/reports/", "/inbox/", "/accounts/2fa/"])
def test_everything_else_asks_who_is_there(path):
    response = Client().get(path)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={path}"


def test_anybody_chooses_a_language():
    client = Client()
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert b'lang="en"' in client.get("/").content
