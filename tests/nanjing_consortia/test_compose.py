"""docker-compose.yml against the Compose Specification, and against what we promise of it."""

import json
import re
from importlib.resources import files

import pytest
import yaml
from jsonschema import Draft202012Validator, validators

from nanjing_consortia.environment import NEEDED
from tests.nanjing_consortia.outside import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
SCHEMA = json.loads(
    files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text()
)
OURS = ("web", "worker", "beat", "migrate")
ALWAYS_RUNNING = sorted(SERVICES.keys() - {"migrate"})


def faults(document) -> list[str]:
    validator = validators.validator_for(SCHEMA, default=Draft202012Validator)(SCHEMA)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def test_it_keeps_to_the_compose_specification():
    assert faults(COMPOSE) == []


def test_the_specification_would_tell():
    misspelt = {"services": {"web": {"image": "portal", "helthcheck": {}}}}
    assert faults(misspelt)


def test_all_parts_are_there():
    assert set(SERVICES) == {"proxy", "postgres", "redis", *OURS}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_nothing_runs_as_root_or_writes_where_it_should_not(name):
    service = SERVICES[name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", ALWAYS_RUNNING)
def test_what_runs_all_the_time_is_asked_how_it_is(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_database_is_brought_up_to_date_first_and_once(name):
    waits_for = SERVICES[name]["depends_on"]
    assert waits_for["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["restart"] == "on-failure"


@pytest.mark.parametrize("name", OURS)
def test_everything_that_production_needs_is_handed_over(name):
    assert set(NEEDED) <= set(SERVICES[name]["environment"])
    assert SERVICES[name]["environment"]["ENVIRONMENT"] == "production"


def test_only_the_proxy_is_open_to_the_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["data"]["internal"] is True
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["data"]


def test_volumes_and_networks_are_declared():
    for service in SERVICES.values():
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source.startswith("./deploy/") or source in COMPOSE["volumes"]


def test_no_secret_is_written_down():
    for line in (ROOT / "docker-compose.yml").read_text().splitlines():
        if re.search(r"(SECRET_KEY|PASSWORD|EMAIL_URL):", line):
            assert "${" in line, line


def test_the_image_has_what_the_system_list_names_and_an_ordinary_user():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "grep -v '^#' system-packages.txt" in dockerfile
    assert re.search(r"^USER 10001:10001$", dockerfile, re.M)
    assert not re.search(r"^(ARG|ENV) .*(SECRET|PASSWORD|TOKEN)", dockerfile, re.M)
