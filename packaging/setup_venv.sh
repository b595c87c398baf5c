#!/usr/bin/env bash
# Make .venv (or the folder named) and install one lock file into it: exact versions, checked by hash, wheels only.
# Usage: setup_venv.sh requirements|test|lint|atlas-build|benchmarks [folder]
set -euo pipefail
cd "$(dirname "$0")/.."
lock=locks/${1:?name a lock file: requirements, test, lint, atlas-build or benchmarks}.lock.txt
venv=${2:-.venv}

say() { printf 'setup: %s\n' "$*"; }

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

if [[ ! -x $venv/bin/python ]]; then
    if ! python=$(find_python); then
        say "MesoMap needs Python 3.11 or newer with the venv module (Debian and Ubuntu: python3-venv)."
        say "Ubuntu 22.04 ships Python 3.10: install python3.11 and python3.11-venv, then run make again."
        exit 1
    fi
    say "making $venv with $("$python" --version)"
    "$python" -m venv "$venv"
fi

stamp=$venv/installed-$1
mark=$(cat "$lock" pyproject.toml | sha256sum | cut -d' ' -f1)
if [[ -f $stamp && $(cat "$stamp") == "$mark" ]]; then exit 0; fi

say "installing the packages of $lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes -r "$lock"
say "installing MesoMap itself from this folder"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-build-isolation --no-deps -e .
echo "$mark" >"$stamp"
