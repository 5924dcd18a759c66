"""The set-up: targets, pins, and the one list of system packages."""

import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy import system_packages
from tests.nanjing_consortia.outside import ROOT, bare

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
REQUIRED = [Requirement(line) for line in PROJECT["dependencies"] + EXTRAS["dev"]]


def make(*arguments, **environment):
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT, env=bare(**environment), capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_help_lists_every_target_that_people_call():
    listed = re.findall(r"^  make (\w+)", make("help").stdout, re.M)
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
    assert set(listed) == set(phony) - {"system"}
    assert make().stdout == make("help").stdout


def test_port_and_data_folder_reach_the_portal():
    recipe = make("--dry-run", "--always-make", "run", "PORT=9000", "DATA_DIR=/x").stdout
    assert "manage.py serve" in recipe
    shown = make("--eval", "shown: ; @echo $$PORT $$DATA_DIR", "shown", PORT="9000", DATA_DIR="/x")
    assert shown.stdout.split() == ["9000", "/x"]


@pytest.mark.parametrize("requirement", REQUIRED, ids=lambda requirement: requirement.name)
def test_every_requirement_is_pinned_and_held_by_the_constraints(requirement):
    pins = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if not line.startswith("#")
    )
    held = {canonicalize_name(name): version for name, version in pins.items()}
    assert str(requirement.specifier) == f"=={held[canonicalize_name(requirement.name)]}"


def test_every_variable_is_documented():
    settings = (ROOT / "nanjing_consortia/settings.py").read_text()
    server = (ROOT / "deploy/gunicorn.conf.py").read_text()
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z0-9_]+)\"", settings))
    read |= set(re.findall(r"environ\.get\(\"([A-Z0-9_]+)\"", server))
    documented = set(re.findall(r"`([A-Z0-9_]+)`", (ROOT / "docs/operations.md").read_text()))
    assert read <= documented


def test_constraints_come_from_the_index_alone():
    text = (ROOT / "constraints.txt").read_text()
    assert not re.search(r"://| @ |^-", text, re.M)


def test_system_packages_are_recognised_by_what_they_bring():
    assert [
        package for package, sign in system_packages.entries() if not system_packages.present(sign)
    ] == []
    assert not system_packages.present("lib:libno-such-thing.so.0")
    assert not system_packages.present("font:lang=xx-no-such-language")


def test_without_root_one_sentence_names_what_to_install(monkeypatch):
    monkeypatch.setattr(system_packages, "present", lambda sign: "font" not in sign)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert system_packages.main() == (
        "The portal needs these system packages: apt-get install fonts-noto-cjk fonts-hanazono fonts-symbola"
    )
