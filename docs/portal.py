"""A portal of their own, with demonstration data, for what takes pictures of it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

PASSWORD = "Nanjing-Demo-2026"  # noqa: S105 - the demonstration's own


@contextmanager
def running():
    """A portal in a temporary folder; gives its address and the folder."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        env = os.environ | {"DATA_DIR": folder, "PORT": str(port)}
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "prepare", "--demo"], env=env, check=True)  # noqa: S603
        server = subprocess.Popen([*manage, "serve"], env=env)  # noqa: S603
        base = f"http://127.0.0.1:{port}"
        try:
            _wait_for(base)
            yield base, Path(folder)
        finally:
            server.terminate()
            server.wait()


def _wait_for(base: str) -> None:
    for _try in range(60):
        try:
            urllib.request.urlopen(f"{base}/healthz").close()  # noqa: S310 - our own address
            return
        except OSError:
            time.sleep(1)
    raise RuntimeError(f"the portal at {base} does not answer")


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def opened(browser, base: str, *, width: int = 1280, height: int = 800):
    """A page of a visitor with a browser of its own, in Chinese."""
    context = browser.new_context(
        base_url=base, locale="zh-CN", viewport={"width": width, "height": height}
    )
    return context.new_page()


def sign_in(page, account: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", account)
    page.fill("[name=password]", password)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
