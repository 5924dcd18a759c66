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


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_it_is_ready_says_where_and_leaves_nothing_behind(portal, data_dir, ending):
    assert json.loads(answer_of(portal.port, "/readyz")) == {"ready": True, "failed": {}}
    # The page names its style sheet by the name it has after collectstatic.
    assert b"<html" in answer_of(portal.port, "/")
    assert wait_for(lambda: "is ready" in output_of(data_dir), 10)
    assert f"http://localhost:{portal.port}/" in output_of(data_dir)
    assert any("redis-server" in line for line in processes_on(data_dir))

    refused = manage("reset", DATA_DIR=data_dir)
    assert "stop it first" in refused.stderr

    os.kill(portal.pid, ending)
    assert portal.wait(GONE_WITHIN) == (-ending if ending == signal.SIGKILL else 0)
    assert wait_for(lambda: not processes_on(data_dir), GONE_WITHIN), processes_on(data_dir)
