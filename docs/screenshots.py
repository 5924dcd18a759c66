"""Take the pictures of the README from a portal of their own: `make screenshots`."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent / "screenshots"
PASSWORD = "Nanjing-Demo-2026"  # noqa: S105 - the demonstration's own
# name: (account or none, address, width, height)
PICTURES = {
    "home": ("", "/", 1280, 800),
    "wizard": ("lead", "/filings/22/lead/", 1280, 900),
    "workbench": ("reviewer", "/admin/filings/consortium/10/change/", 1440, 900),
    "register": ("", "/register/", 390, 844),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        env = os.environ | {"DATA_DIR": folder, "PORT": str(port)}
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "prepare", "--demo"], env=env, check=True)  # noqa: S603
        portal = subprocess.Popen([*manage, "serve"], env=env)  # noqa: S603
        try:
            take(f"http://127.0.0.1:{port}")
        finally:
            portal.terminate()
            portal.wait()


def take(base: str) -> None:
    for _try in range(60):
        try:
            urllib.request.urlopen(f"{base}/healthz").close()  # noqa: S310 - our own address
            break
        except OSError:
            time.sleep(1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name, (account, address, width, height) in PICTURES.items():
            context = browser.new_context(
                base_url=base, locale="zh-CN", viewport={"width": width, "height": height}
            )
            page = context.new_page()
            if account:
                page.goto("/accounts/login/")
                page.fill("[name=login]", account)
                page.fill("[name=password]", PASSWORD)
                page.locator("main form button").first.click()
                page.wait_for_load_state()
            page.goto(address)
            page.screenshot(path=HERE / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
