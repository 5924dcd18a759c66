"""What the portal asks of its environment: the verdicts, and what a process makes of them."""

import stat

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from nanjing_consortia.environment import (
    NEEDED,
    SMS_ACCOUNT,
    refuse_what_cannot_work,
    sms_account,
)
from tests.nanjing_consortia.outside import PRODUCTION, manage


def refusal(monkeypatch, **environment) -> str:
    for name in ("ENVIRONMENT", "DEBUG", "SMS_ENDPOINT", *SMS_ACCOUNT, *NEEDED):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_what_cannot_work(environ.Env())
    return str(refused.value)


def test_production_names_every_missing_variable_at_once(tmp_path):
    result = manage("check", ENVIRONMENT="production", DATA_DIR=tmp_path)
    assert result.returncode != 0
    for name in NEEDED:
        assert f"{name} is missing" in result.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_production_starts_with_what_it_names_and_passes_the_deployment_check(tmp_path):
    result = manage("check", "--deploy", "--fail-level", "WARNING", DATA_DIR=tmp_path, **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "a short secret"),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "http://portal.example.cn"),
        ("DATABASE_URL", "sqlite:///portal.sqlite3"),
        ("REDIS_URL", "memory://"),
        ("EMAIL_URL", "mail.example.cn"),
        ("DEFAULT_FROM_EMAIL", "portal"),
    ],
)
def test_production_refuses_what_is_not_good_enough(monkeypatch, name, value):
    words = refusal(monkeypatch, **(PRODUCTION | {name: value}))
    assert f"{name} is not good enough" in words
    assert words.count("not good enough") == 1
    assert "a short secret" not in words


def test_one_missing_variable_is_named_alone(monkeypatch):
    words = refusal(monkeypatch, **(PRODUCTION | {"REDIS_URL": ""}))
    assert words == "The portal does not start: REDIS_URL is missing."


def test_production_refuses_debug_pages(monkeypatch):
    assert "DEBUG is on" in refusal(monkeypatch, DEBUG="1", **PRODUCTION)


def test_a_misspelt_environment_is_not_taken_for_the_embedded_one(monkeypatch):
    assert "ENVIRONMENT is 'prod'" in refusal(monkeypatch, ENVIRONMENT="prod")


def test_the_embedded_portal_needs_nothing_and_keeps_its_key(tmp_path):
    folder = tmp_path / "data"
    assert manage("check", DATA_DIR=folder).returncode == 0
    key = folder / "secret_key"
    first = key.read_text()
    assert len(first) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert manage("check", DATA_DIR=folder).returncode == 0
    assert key.read_text() == first


def test_an_account_of_the_sms_gateway_is_whole_or_absent(monkeypatch):
    words = refusal(monkeypatch, SMS_ACCESS_KEY_ID="an-id", SMS_ACCESS_KEY_SECRET="a secret")
    for name in ("SMS_SIGN_NAME", "SMS_TEMPLATE_NOTICE", "SMS_TEMPLATE_CODE"):
        assert f"{name} is missing" in words
    assert "a secret" not in words
    whole = dict.fromkeys(SMS_ACCOUNT, "x")
    words = refusal(monkeypatch, **whole, SMS_ENDPOINT="http://gateway.example.cn")
    assert words == "The portal does not start: SMS_ENDPOINT is not good enough (https://…)."


def test_without_an_account_there_is_no_sms(monkeypatch):
    for name in (*SMS_ACCOUNT, "SMS_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    assert sms_account(environ.Env()) == {}
    for name in SMS_ACCOUNT:
        monkeypatch.setenv(name, name.lower())
    refuse_what_cannot_work(environ.Env())
    account = sms_account(environ.Env())
    assert account["endpoint"].startswith("https://")
    assert account["templates"]["notice"] == "sms_template_notice"
