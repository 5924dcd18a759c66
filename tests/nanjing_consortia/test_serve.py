"""The whole portal on one machine, started and ended from outside."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.nanjing_consortia.outside import ROOT, bare, free_port, manage

READY_WITHIN = 90
GONE_WITHIN = 15


def processes_on(folder: Path) -> list[str]:
    """Command lines of the processes that work on `folder` (from /proc)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            # Redis writes its title over its environment, and names its socket in the title.
            environment = (process / "environ").read_bytes()
        except OSError:
            continue
        ours = f"DATA_DIR={folder}\0".encode() in environment
        if command and (ours or f"{folder}/redis".encode() in command):
            found.append(command.decode().replace("\0", " "))
    return found


def wait_for(condition, seconds: float):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.2)
    return condition()


def answer_of(port: int, path: str):
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as response:
            return response.read()
    except OSError:
        return None


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("p")
    prepared = manage("prepare", DATA_DIR=folder, STATIC_ROOT=folder / "static")
    assert prepared.returncode == 0, prepared.stderr
    return folder


@pytest.fixture
def portal(data_dir):
    port = free_port()
    environment = bare(DATA_DIR=data_dir, PORT=port, STATIC_ROOT=data_dir / "static")
    with (data_dir / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    process.port = port
    try:
        assert wait_for(lambda: answer_of(port, "/readyz"), READY_WITHIN), output_of(data_dir)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def output_of(folder: Path) -> str:
    return (folder / "output").read_text()


def end(portal, folder: Path, how: signal.Signals) -> int:
    """Send the portal `how`, see that nothing of it is left, and return its exit code."""
    os.kill(portal.pid, how)
    code = portal.wait(GONE_WITHIN)
    assert wait_for(lambda: not processes_on(folder), GONE_WITHIN), processes_on(folder)
    return code


TELL_SOMEBODY = """
from accounts.models import User
from notices.services import notify
somebody = User.objects.create(username="somebody", email="somebody@example.com")
for _again in range(2):
    notify([somebody], key="once", kind="filing_waits", context={"name": "N", "lead": "L"})
"""


def test_all_of_it_works_and_ctrl_c_ends_it(portal, data_dir):
    assert json.loads(answer_of(portal.port, "/readyz"))["ready"] is True
    # The page names its style sheet by the name it has after collectstatic.
    assert b"<html" in answer_of(portal.port, "/")
    assert wait_for(lambda: "is ready" in output_of(data_dir), 10)
    assert f"http://localhost:{portal.port}/" in output_of(data_dir)
    assert any("redis-server" in line for line in processes_on(data_dir))

    told = manage("shell", "--no-imports", "--command", TELL_SOMEBODY, DATA_DIR=data_dir)
    assert told.returncode == 0, told.stderr
    sent = data_dir / "mail"
    assert wait_for(lambda: sent.exists() and list(sent.iterdir()), 30), output_of(data_dir)
    (letter,) = sent.iterdir()
    assert "To: somebody@example.com" in letter.read_text()
    assert letter.read_text().count("Subject:") == 1

    assert "stop it first" in manage("reset", DATA_DIR=data_dir).stderr
    assert end(portal, data_dir, signal.SIGINT) == 0


def test_nothing_is_left_where_it_is_killed_and_its_data_can_be_thrown_away(portal, data_dir):
    key = (data_dir / "secret_key").read_text()
    assert end(portal, data_dir, signal.SIGKILL) == -signal.SIGKILL
    assert manage("reset", DATA_DIR=data_dir).returncode == 0
    left = {path.name for path in data_dir.iterdir()} - {"static", "output"}
    assert left == {"secret_key"}
    assert (data_dir / "secret_key").read_text() == key
