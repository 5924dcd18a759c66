"""What every test stands on: the engine, the storage, the browser. The cast is in people.py."""

import gc
import os
import shutil

import hypothesis
import pytest
from django.conf import settings as portal
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import sync_playwright

from nanjing_consortia.catalogues import compile_all
from tests.restoring import remember

pytest_plugins = ["tests.people"]
# How long an example may take says more about the machine than about the code; and what is
# handed in is judged by the same examples each time, the search for new ones is the developer's.
hypothesis.settings.register_profile("portal", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("portal")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        compile_all(portal.LOCALE_PATHS)


def pytest_collection_modifyitems(config, items):
    """What only PostgreSQL can show is left out elsewhere: .ci/run comes by with PostgreSQL."""
    if connection.vendor != "postgresql":
        left_out = [item for item in items if item.get_closest_marker("postgresql")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish():
    """What has been loaded by now stays until the end: to look through it for garbage again and
    again took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything has been installed (REQUIRE_NO_SKIPS), a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("REQUIRE_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {call.excinfo.value}"
    return report


@pytest.fixture(autouse=True)
def private_storage(settings, tmp_path):
    """Uploads of a test lie in a folder of its own, and nobody has tried to sign in yet."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.UPLOAD_DIR = tmp_path / "uploads"
    cache.clear()


@pytest.fixture(autouse=True)
def language_of_the_portal():
    """A request leaves its language active in its thread; no test starts in another's."""
    with translation.override(portal.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tests that commit leave the database as the migrations did."""
    with django_db_blocker.unblock():
        bring_back = remember()
    teardown = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _self: bring_back()
    yield
    TransactionTestCase._fixture_teardown = teardown


@pytest.fixture(scope="session")
def chromium():
    """A browser, started once. Playwright keeps an event loop in this thread for as long as it
    runs, which Django would take for asynchronous code."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, chromium_sandbox=False
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
