"""Is there a screen? Qt ends the process without an exception when there is none, so it is asked first."""

import os
import sys


def has_display() -> bool:
    """True on macOS and Windows, with X11 or Wayland, or when a platform without a screen was chosen on
    purpose.
    """
    if sys.platform in ("darwin", "win32"):
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen.startswith(("offscreen", "minimal", "vnc", "linuxfb", "eglfs")):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
