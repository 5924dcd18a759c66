import pytest
from django.test import TransactionTestCase

from filings.database import drop_triggers

pytest_plugins = ["tests.people"]


@pytest.fixture(autouse=True)
def private_storage(settings, tmp_path):
    """Uploads of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session", autouse=True)
def flush_may_delete():
    """The tests that commit empty the tables afterwards, which the history's triggers refuse; the
    flush puts them back, since it ends with the post_migrate signal."""
    teardown = TransactionTestCase._fixture_teardown

    def without_triggers(self):
        drop_triggers()
        teardown(self)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = teardown
