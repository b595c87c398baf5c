#!/usr/bin/env bash
# Install the system libraries that Qt and Python need, and only those that are missing.
# Debian 12, Ubuntu 22.04 and 24.04; as root or with sudo. On any other system it says what is needed and goes on.
set -euo pipefail

say() { printf 'setup: %s\n' "$*"; }

# One line per package; alternatives (older and newer name) are separated by |.
wanted=(
    'libglib2.0-0t64|libglib2.0-0' libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libfreetype6
    fonts-dejavu-core
)
if [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} ]]; then
    wanted+=(libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0
        libxcb-xinerama0 libxcb-xkb1 libxkbcommon-x11-0)
fi

good_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

installed() { [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null || true) == ii* ]]; }

any_installed() {
    local name
    for name in ${1//|/ }; do
        if installed "$name"; then return 0; fi
    done
    return 1
}

first_known() {
    local name
    for name in ${1//|/ }; do
        if [[ -n $(apt-cache policy "$name" 2>/dev/null | grep 'Candidate: [^(]' || true) ]]; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "this is not Debian or Ubuntu. Qt needs GLib, OpenGL, EGL, xkbcommon, D-Bus and fontconfig libraries;"
    say "if the window does not start, install those with your package manager."
    exit 0
fi

missing=()
for entry in "${wanted[@]}"; do
    if ! any_installed "$entry"; then missing+=("$entry"); fi
done
need_python=no
if ! good_python; then need_python=yes; fi
if ((${#missing[@]} == 0)) && [[ $need_python == no ]]; then
    exit 0
fi

as_root=()
if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
        say "these system packages are missing: ${missing[*]}"
        say "install them as root (apt-get install), then run make again."
        exit 1
    fi
    as_root=(sudo)
fi

say "refreshing the package lists"
"${as_root[@]}" apt-get update -qq

names=()
for entry in "${missing[@]}"; do
    if name=$(first_known "$entry"); then names+=("$name"); else say "no package found for $entry; going on without it"; fi
done
if [[ $need_python == yes ]]; then
    # Debian 12 and Ubuntu 24.04: python3 is new enough and lacks venv. Ubuntu 22.04: python3 is 3.10, 3.11 is beside it.
    if python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        names+=(python3-venv)
    elif apt-cache policy python3 2>/dev/null | grep -qE 'Candidate: 3\.1[1-9]'; then
        names+=(python3 python3-venv)
    elif name=$(first_known 'python3.12|python3.11'); then
        names+=("$name" "$name-venv")
    else
        say "MesoMap needs Python 3.11 or newer with venv, and this system offers none. Install it, then run make again."
        exit 1
    fi
fi
if ((${#names[@]} == 0)); then exit 0; fi
say "installing: ${names[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${names[@]}" >/dev/null
