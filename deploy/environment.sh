#!/bin/sh
# Make ./.venv with a Python that is new enough.
set -eu

python=$(command -v python3.11 || command -v python3) || {
    echo "The portal needs Python 3.11 or newer: apt-get install python3 python3-venv" >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "The portal needs Python 3.11 or newer; $python is $("$python" --version)." >&2
    exit 1
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
    else
        echo "Python has no venv module here: apt-get install python3-venv" >&2
        exit 1
    fi
fi
echo "Making ./.venv and installing what the portal needs; this takes a minute, once."
"$python" -m venv .venv
