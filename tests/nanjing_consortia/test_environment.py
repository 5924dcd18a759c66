"""What the portal asks of its environment, seen from outside."""

import stat

import pytest

from nanjing_consortia.environment import NEEDED
from tests.nanjing_consortia.outside import PRODUCTION, manage


def last_line(result) -> str:
    return result.stderr.strip().splitlines()[-1]


def test_production_names_every_missing_variable_at_once(tmp_path):
    result = manage("check", ENVIRONMENT="production", DATA_DIR=tmp_path)
    assert result.returncode != 0
    for name in NEEDED:
        assert f"{name} is missing" in last_line(result)
    assert list(tmp_path.iterdir()) == []


def test_production_starts_with_what_it_names_and_passes_the_deployment_check(tmp_path):
    result = manage("check", "--deploy", "--fail-level", "WARNING", DATA_DIR=tmp_path, **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "http://portal.example.cn"),
        ("DATABASE_URL", "sqlite:///portal.sqlite3"),
        ("REDIS_URL", "memory://"),
        ("EMAIL_URL", "mail.example.cn"),
        ("DEFAULT_FROM_EMAIL", "portal"),
    ],
)
def test_production_refuses_what_is_not_good_enough(tmp_path, name, value):
    result = manage("check", DATA_DIR=tmp_path, **(PRODUCTION | {name: value}))
    assert result.returncode != 0
    assert f"{name} is not good enough" in last_line(result)
    assert last_line(result).count("not good enough") == 1


def test_production_refuses_debug_pages(tmp_path):
    result = manage("check", DATA_DIR=tmp_path, DEBUG="1", **PRODUCTION)
    assert "DEBUG is on" in last_line(result)


def test_a_misspelt_environment_is_not_taken_for_the_embedded_one(tmp_path):
    result = manage("check", ENVIRONMENT="prod", DATA_DIR=tmp_path)
    assert "ENVIRONMENT is 'prod'" in last_line(result)


def test_refusals_give_no_secret_away(tmp_path):
    result = manage("check", DATA_DIR=tmp_path, **(PRODUCTION | {"SECRET_KEY": "tiny-secret"}))
    assert "tiny-secret" not in result.stderr


def test_the_embedded_portal_needs_nothing_and_keeps_its_key(tmp_path):
    folder = tmp_path / "data"
    assert manage("check", DATA_DIR=folder).returncode == 0
    key = folder / "secret_key"
    first = key.read_text()
    assert len(first) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert manage("check", DATA_DIR=folder).returncode == 0
    assert key.read_text() == first
