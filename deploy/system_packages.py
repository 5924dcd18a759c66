#!/usr/bin/env python3
"""Are the system's packages there? As root on Debian install what is missing, else say what to.

Runs with the bare system Python, before there is an environment.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIST = Path(__file__).resolve().parent.parent / "system-packages.txt"


def entries() -> list[tuple[str, str]]:
    """(package, what shows that it is there) for each line of the list."""
    lines = (line.split() for line in LIST.read_text().splitlines() if not line.startswith("#"))
    return [(package, sign) for package, sign in lines]


def present(sign: str) -> bool:
    kind, _, value = sign.partition(":")
    if kind == "font":
        command = ["fc-list", f":{value}", "family"]
        if not shutil.which("fc-list"):
            return False
        return bool(subprocess.run(command, capture_output=True, check=False).stdout)
    try:
        ctypes.CDLL(value)
    except OSError:
        return False
    return True


def install(packages: list[str]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-y", "-qq", "--no-install-recommends"]
    try:
        for command in (["update", "-qq"], ["install", *options, *packages]):
            subprocess.run(["apt-get", *command], env=quiet, stdout=sys.stderr, check=True)
    except subprocess.CalledProcessError:
        return False
    return True


def main() -> str | None:
    missing = [package for package, sign in entries() if not present(sign)]
    if not missing:
        return None
    names = " ".join(missing)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {names} …", file=sys.stderr)
        if install(missing):
            return None
    return f"The portal needs these system packages: apt-get install {names}"


if __name__ == "__main__":
    sys.exit(main())
