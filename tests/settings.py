"""The portal's settings for tests: nothing outside the tests is needed or touched.

With DATABASE_URL and REDIS_URL set, the same suite runs on PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from nanjing_consortia.settings import *  # noqa: F403
from nanjing_consortia.settings import CACHES, DATA_DIR, DATABASES, REDIS_URL, STORAGES

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file rather than memory: two connections then wait for each other as they do in earnest.
    _database["TEST"] = {"NAME": Path(DATA_DIR) / "test.sqlite3"}
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
# Connections of a test's threads end with the threads, so that the database can be dropped.
_database["CONN_MAX_AGE"] = 0
_database["OPTIONS"].pop("pool", None)
if REDIS_URL:
    # Each of pytest's workers empties a cache of its own.
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["OPTIONS"] = {"db": 2 + int(_worker)}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CELERY_BROKER_URL = "memory://"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = Path(DATA_DIR) / "static"
STATIC_ROOT.mkdir(exist_ok=True)
SITE_URL = "http://testserver"
DEMO = False
