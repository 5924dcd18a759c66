"""Settings from the environment alone. Without any variable: the embedded portal on this machine.

`ENVIRONMENT=production` refuses to start until everything it needs is named; docs/operations.md
lists the variables.
"""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from nanjing_consortia.environment import (
    own_secret_key,
    refuse_what_cannot_work,
    sms_account,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

ENVIRONMENT = env("ENVIRONMENT", default="embedded")
PRODUCTION = ENVIRONMENT == "production"
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DEBUG = env.bool("DEBUG", default=False)
PORT = env.int("PORT", default=8000)

refuse_what_cannot_work(env)
if not PRODUCTION:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRET_KEY = env("SECRET_KEY", default="") or own_secret_key(DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
HTTPS = SITE_URL.startswith("https")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if HTTPS else [])

INSTALLED_APPS = [
    "nanjing_consortia",
    "nanjing_consortia.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "accounts",
    "notices",
    "filings",
    "reviews",
    "reports",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nanjing_consortia.health.HealthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "nanjing_consortia.sessions.RollingSessionMiddleware",
    "accounts.audit.middleware.AuditMiddleware",
    "nanjing_consortia.caching.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "nanjing_consortia.urls"
WSGI_APPLICATION = "nanjing_consortia.wsgi.application"
_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "django.template.context_processors.i18n",
    "nanjing_consortia.context.site",
    "notices.context_processors.inbox",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data: SQLite beside the portal, PostgreSQL in production.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["CONN_MAX_AGE"] = 60
    # IMMEDIATE: a transaction holds the write lock from its start, as row locks do elsewhere.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    _pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8), "timeout": 10}
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "connect_timeout": 5, "pool": _pool}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The embedded broker listens on a socket in the data folder; production names its own. The cache
# (it counts sign-in attempts) has a database of its own there, and a folder here, so that a single
# `manage.py runserver` works without a broker.
REDIS_URL = env("REDIS_URL", default="")
REDIS_SOCKET = DATA_DIR / "redis.sock"
_CACHE = "django.core.cache.backends."
CACHES = {
    "default": {"BACKEND": _CACHE + "filebased.FileBasedCache", "LOCATION": DATA_DIR / "cache"}
}
if REDIS_URL:
    _redis = {"BACKEND": _CACHE + "redis.RedisCache", "LOCATION": REDIS_URL, "OPTIONS": {"db": 1}}
    CACHES = {"default": _redis}
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{REDIS_SOCKET}"
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "socket_connect_timeout": 3}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
CELERY_BEAT_SCHEDULE = {
    # The night's work, every hour: what an outage left undone is caught up within one.
    "sweep-filings": {"task": "filings.tasks.sweep", "schedule": crontab(minute=5)},
    "sweep-reports": {"task": "reports.tasks.sweep", "schedule": crontab(minute=15)},
    "sweep-desk": {"task": "reviews.tasks.sweep", "schedule": crontab(minute=25)},
    "count-statistics": {
        "task": "reports.tasks.count_statistics",
        "schedule": crontab(minute=1),
    },
    "forget-sessions": {"task": "forget_sessions", "schedule": crontab(minute=30, hour=3)},
    "seal-audit-trail": {"task": "accounts.tasks.seal_audit_trail", "schedule": 60.0},
    "deliver-notices": {"task": "notices.tasks.deliver_due", "schedule": 60.0},
    "daily-e-mails": {"task": "notices.tasks.write_digests", "schedule": crontab(minute="*/5")},
}

# Uploads lie outside the web root and are served through a permission check only.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media-is-not-served/"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if bucket := env("S3_BUCKET", default=""):
    _s3 = {
        "bucket_name": bucket,
        "endpoint_url": env("S3_ENDPOINT_URL", default="") or None,
        "access_key": env("S3_ACCESS_KEY", default="") or None,
        "secret_key": env("S3_SECRET_KEY", default="") or None,
        "file_overwrite": False,
    }
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3}
# What is still on its way lies here, shared by all web processes, and becomes a document or goes.
UPLOAD_DIR = DATA_DIR / "uploads"
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=100)
# The virus scanner: tcp://host:3310 or unix:///path/to/socket. With one, nothing unscanned is kept.
CLAMD_URL = env("CLAMD_URL", default="")
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# People: allauth signs in by user name or e-mail; staff need a second factor in production.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=PRODUCTION)
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "accounts.forms.entrance.NameOrEmailLoginForm",
    "signup": "accounts.forms.entrance.UnitSignupForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# In the browser that registered, the link of the e-mail leads on without signing in once more.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if PRODUCTION else 0)
ACCOUNT_ADAPTER = "accounts.adapters.PortalAdapter"
ACCOUNT_RATE_LIMITS = {
    "verify": "60/m/ip", "objection": "5/h/ip", "objection_state": "30/m/ip",
    "notice_pdf": "20/m/ip", "invite": "20/d/user", "join": "10/d/user", "expert": "60/m/ip",
    "phone_code": "1/m/user,5/d/user,20/d/ip", "phone_number": "5/d/key", "phone_try": "5/10m/user",
    "calendar": "60/m/ip",
}  # fmt: skip
MFA_TOTP_ISSUER = "Nanjing innovation consortia"

# Mail: into files beside the data, unless a server is named.
SERVER_EMAIL = DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@example.com")
if env("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10
# SMS: none, unless an account of the gateway is named.
SMS = sms_account(env)

# Browsers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 30 * 60
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probed inside, past the proxy
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# What the footer of a government site names; each is absent where it is not set.
SITE_FOOTER = {
    "organiser": env("SITE_ORGANISER", default=""),
    "contact": env("SITE_CONTACT", default=""),
    "icp": env("SITE_ICP_NUMBER", default=""),
    "public_security": env("SITE_PUBLIC_SECURITY_NUMBER", default=""),
    "site_id": env("SITE_IDENTIFICATION_CODE", default=""),
}
# Marks pages and prints as demonstration material.
DEMO = env.bool("DEMO", default=not PRODUCTION)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # Libraries that tell every step of a PDF.
    "loggers": {name: {"level": "ERROR"} for name in ("weasyprint", "pikepdf", "fontTools")},
}
