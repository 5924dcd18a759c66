"""The house itself: what no single test of a room can see."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("accounts", "notices", "filings", "reviews", "reports", "nanjing_consortia")
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
MARKUP = [path for path in TEMPLATES if path.suffix == ".html"]
LONGEST_FILE = 300
STATUS_WRITERS = {
    "filings/change_transitions.py",
    "filings/renaming.py",
    "filings/transitions.py",
    "notices/delivery.py",
    "reports/support/transitions.py",
    "reports/transitions.py",
}
PURE = [
    ROOT / "accounts/uscc.py",
    ROOT / "filings/bigrams.py",
    ROOT / "filings/term.py",
    ROOT / "filings/workdays.py",
    ROOT / "reports/support/rules.py",
    *sorted((ROOT / "filings/eligibility").rglob("*.py")),
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def text(path: Path) -> str:
    return path.read_text()


def imported(node) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_imports_run_downward_only():
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_no_import_hides_in_a_function():
    hidden = [
        f"{name_of(path)}:{inner.lineno}"
        for path in code(*ROOMS)
        for outer in ast.walk(tree(path))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_the_rules_know_neither_database_nor_request(path):
    modules = [module for node in ast.walk(tree(path)) for module in imported(node)]
    worldly = ("django.db", "django.http", "django.shortcuts", "django.conf")
    assert [module for module in modules if module.startswith(worldly)] == []


def writes_a_status(node) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(
            isinstance(target, ast.Attribute) and target.attr == "status" for target in targets
        )
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called == "setattr":
        return any(isinstance(a, ast.Constant) and a.value == "status" for a in node.args)
    return called == "update" and any(keyword.arg == "status" for keyword in node.keywords)


def test_nobody_but_the_transitions_writes_a_status():
    writers = {
        name_of(path)
        for path in code(*ROOMS)
        for node in ast.walk(tree(path))
        if writes_a_status(node)
    }
    assert writers == STATUS_WRITERS


@pytest.mark.parametrize(
    "source", ["x.status = 1", "setattr(x, 'status', 1)", "q.update(status=1)"]
)
def test_every_way_to_write_a_status_is_recognised(source):
    assert any(writes_a_status(node) for node in ast.walk(ast.parse(source)))


def test_no_file_outgrows_a_reader():
    long = {
        name_of(path): lines
        for path in code(*ROOMS, "tests")
        if (lines := len(text(path).splitlines())) > LONGEST_FILE
    }
    assert long == {}


def is_somebody_elses(name: str) -> bool:
    """Whether a template of this name takes the place of Django's or a library's."""
    folder = name.split("/")[0]
    return folder in ("account", "admin", "allauth", "django", "mfa") or re.fullmatch(
        r"(4\d\d|500|403_csrf)\.html", name
    )


def spoken() -> tuple[set[str], set[str]]:
    """The strings of the code, and its f-strings as patterns where any word may be filled in."""
    plain, patterns = set(), set()
    for node in (node for path in code(*ROOMS) for node in ast.walk(tree(path))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            plain.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            words = [part.value for part in node.values if isinstance(part, ast.Constant)]
            if any(re.search(r"[a-z]", word) for word in words):
                parts = (getattr(part, "value", None) for part in node.values)
                patterns.add("".join(re.escape(p) if isinstance(p, str) else r"\w+" for p in parts))
    return plain, patterns


def test_every_template_is_used():
    plain, patterns = spoken()
    markup = "".join(map(text, TEMPLATES))
    plain |= set(re.findall(r"{% (?:include|extends) [\"']([^\"']+)", markup))
    unused = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        # Messages are called by their kind.
        known_as = {name, path.stem} if name.startswith("mail/") else {name}
        if is_somebody_elses(name) or known_as & plain:
            continue
        if not any(re.fullmatch(pattern, word) for pattern in patterns for word in known_as):
            unused.append(name)
    assert unused == []


@pytest.mark.parametrize("path", MARKUP, ids=name_of)
def test_every_template_compiles_and_keeps_to_the_content_policy(path):
    try:
        get_template(str(path.relative_to(ROOT / "templates")))
    except TemplateDoesNotExist as missing:
        pytest.fail(f"{missing} is named but does not exist")
    source = text(path)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source), "script inside the page"
    if "sheets" not in path.parts:
        assert not re.search(r"<style|\sstyle=", source), "style inside the page"
    assert not re.search(r"\son[a-z]+=", source), "event handler inside the page"


# A page for when nothing works speaks both languages itself.
TRANSLATED = [path for path in TEMPLATES if path.name != "500.html"]


@pytest.mark.parametrize("path", TRANSLATED, ids=name_of)
def test_templates_speak_english_and_are_translated(path):
    own_names = [name for _code, name in settings.LANGUAGES]
    assert set(re.findall(r"[\u4e00-\u9fff]+", text(path))) <= set(own_names)


def url_names(resolver, prefix="") -> set[str]:
    names = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            names |= url_names(pattern, prefix + space)
        elif pattern.name:
            names.add(prefix + pattern.name)
    return names


def test_templates_name_addresses_and_files_that_exist():
    known = url_names(get_resolver())
    wrong = [
        f"{name_of(path)}: {name}"
        for path in MARKUP
        for tag, name in re.findall(r"{% (url|static) [\"']([^\"']+)[\"']", text(path))
        if not (name in known if tag == "url" else finders.find(name))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")), ids=name_of)
def test_every_message_is_translated(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_there_is_a_chinese_catalogue():
    assert (ROOT / "locale/zh_Hans/LC_MESSAGES/django.po").exists()


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
