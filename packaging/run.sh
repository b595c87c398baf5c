#!/usr/bin/env bash
# Open the window on the demonstration patient. Without a display the same window is driven offscreen.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} || $(uname -s) == Darwin ]]; then
    exec .venv/bin/mesomap --demo
fi
out=${MESOMAP_DEMO_OUT:-build/demo}
echo "No display found: the same window is driven offscreen. Its pictures, chart and database go to $out"
mkdir -p "$out"
QT_QPA_PLATFORM=offscreen exec .venv/bin/python -m mesomap.app.offscreen_drive --out "$out"
