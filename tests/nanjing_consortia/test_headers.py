"""What every answer tells the browser."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import PASSWORD, as_

pytestmark = pytest.mark.django_db


def test_the_content_policy_is_strict():
    policy = Client().get("/")["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("path", ["/", "/no-such-page/", "/healthz", "/accounts/login/"])
def test_every_answer_guards_the_browser(path):
    response = Client().get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_what_is_seen_signed_in_belongs_to_no_cache(stranger):
    assert "Cache-Control" not in Client().get(reverse("home"))
    seen = as_(stranger).get(reverse("home"))["Cache-Control"]
    assert "no-store" in seen
    assert "private" in seen


def test_cookies_are_closed_to_scripts_and_other_sites(stranger, client):
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": stranger.username, "password": PASSWORD})
    client.post(reverse("set_language"), {"language": "en"})
    assert {"csrftoken", "django_language"} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie
        assert cookie["samesite"] == "Lax", cookie


def test_a_host_that_is_not_ours_is_refused():
    assert Client().get("/", headers={"host": "evil.example.org"}).status_code == 400


def test_behind_tls_everything_else_is_sent_there(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    assert Client().get("/").status_code == 301
    assert Client().get("/healthz").status_code == 200
    secure = Client().get("/", headers={"x-forwarded-proto": "https"})
    assert secure.status_code == 200
    assert "max-age=31536000" in secure["Strict-Transport-Security"]
