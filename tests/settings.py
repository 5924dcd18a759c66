"""The portal's settings for tests: nothing outside the test is needed or touched.

With DATABASE_URL and REDIS_URL set, the same suite runs on PostgreSQL and Redis.
"""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-tests-"))

from nanjing_consortia.settings import *  # noqa: E402, F403
from nanjing_consortia.settings import DATABASES, REDIS_URL, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if not REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CELERY_BROKER_URL = "memory://"
DATABASES["default"]["OPTIONS"].pop("pool", None)
DEMO = False
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["*"]
STATIC_ROOT = tempfile.mkdtemp(prefix="portal-static-")
