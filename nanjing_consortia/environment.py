"""What the environment must hold before the portal starts."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# What production needs, with what is not good enough for it.
NEEDED = {
    "SECRET_KEY": lambda value: len(value) < 50 and "at least 50 characters",
    "ALLOWED_HOSTS": lambda value: "*" in value and "names, no wildcard",
    "SITE_URL": lambda value: not value.startswith("https://") and "https://…",
    "DATABASE_URL": lambda value: not value.startswith("postgres") and "postgres://…",
    "REDIS_URL": lambda value: not value.startswith("redis") and "redis://… or rediss://…",
    "EMAIL_URL": lambda value: "://" not in value and "smtp+tls://…",
    "DEFAULT_FROM_EMAIL": lambda value: "@" not in value and "an address",
}

# An account of the SMS gateway is whole or absent.
SMS_ACCOUNT = (
    "SMS_ACCESS_KEY_ID", "SMS_ACCESS_KEY_SECRET", "SMS_SIGN_NAME", "SMS_TEMPLATE_NOTICE",
    "SMS_TEMPLATE_CODE",
)  # fmt: skip


def refuse_what_cannot_work(env) -> None:
    """Name everything that is wrong at once: nobody wants to learn of seven faults one by one."""
    environment = env("ENVIRONMENT", default="embedded")
    faults = []
    if environment not in ("embedded", "production"):
        faults.append(f"ENVIRONMENT is {environment!r}, not embedded or production")
    if environment == "production":
        for name, fault in NEEDED.items():
            value = env(name, default="")
            if not value:
                faults.append(f"{name} is missing")
            elif wanted := fault(value):
                faults.append(f"{name} is not good enough ({wanted})")
        if env.bool("DEBUG", default=False):
            faults.append("DEBUG is on")
    if any(env(name, default="") for name in SMS_ACCOUNT):
        faults += [f"{name} is missing" for name in SMS_ACCOUNT if not env(name, default="")]
    if not _sms_endpoint(env).startswith("https://"):
        faults.append("SMS_ENDPOINT is not good enough (https://…)")
    if faults:
        raise ImproperlyConfigured(f"The portal does not start: {'; '.join(faults)}.")


def sms_account(env) -> dict:
    """The account of the SMS gateway; nothing where none is named, and then no SMS is offered.

    Alibaba Cloud approves a template for each text; those in English are not needed.
    """
    if not env("SMS_ACCESS_KEY_ID", default=""):
        return {}
    templates = {
        "notice": env("SMS_TEMPLATE_NOTICE"),
        "notice_en": env("SMS_TEMPLATE_NOTICE_EN", default=""),
        "code": env("SMS_TEMPLATE_CODE"),
        "code_en": env("SMS_TEMPLATE_CODE_EN", default=""),
    }
    return {
        "endpoint": _sms_endpoint(env),
        "access_key_id": env("SMS_ACCESS_KEY_ID"),
        "access_key_secret": env("SMS_ACCESS_KEY_SECRET"),
        "sign_name": env("SMS_SIGN_NAME"),
        "templates": templates,
    }


def _sms_endpoint(env) -> str:
    return env("SMS_ENDPOINT", default="https://dysmsapi.aliyuncs.com")


def own_secret_key(folder: Path) -> str:
    """The embedded portal's key: made once, kept beside the data, readable by its owner only."""
    path = folder / "secret_key"
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()
