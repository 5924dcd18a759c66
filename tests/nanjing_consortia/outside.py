"""The portal as whoever operates it meets it: as processes with an environment."""

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 25 + "0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "portal.example.cn",
    "SITE_URL": "https://portal.example.cn",
    "DATABASE_URL": "postgres://portal:secret@db.invalid/portal",
    "REDIS_URL": "redis://redis.invalid",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.cn:587",
    "DEFAULT_FROM_EMAIL": "portal@example.cn",
}


def bare(**environment) -> dict:
    """The environment of a machine that knows nothing of the portal, and `environment`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {name: str(value) for name, value in environment.items()}


def manage(*arguments, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=bare(**environment), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
