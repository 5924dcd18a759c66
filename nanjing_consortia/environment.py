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
    if faults:
        raise ImproperlyConfigured(f"The portal does not start: {'; '.join(faults)}.")


def own_secret_key(folder: Path) -> str:
    """The embedded portal's key: made once, kept beside the data, readable by its owner only."""
    path = folder / "secret_key"
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()
