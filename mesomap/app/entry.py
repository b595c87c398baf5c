"""The `mesomap` command: the command line, and behind it the window."""

import gc
import sys
from typing import TYPE_CHECKING

from mesomap.app.display import has_display
from mesomap.domain.errors import BadInputError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from mesomap.cli import WindowRequest

_splash: "QWidget | None" = None


def wants_window(arguments: list[str]) -> bool:
    """True when no command is named: only --demo and --home stand there."""
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--home" and left:
            left.pop(0)
        elif word != "--demo" and not word.startswith("--home="):
            return False
    return True


def show_splash() -> "QWidget":
    """Paint something at once; the rest of the program takes longer to load.

    Garbage is not collected from here until start.open_practice(): loading makes hardly any, and looking is slow.
    """
    gc.disable()
    from PySide6.QtWidgets import QApplication

    from mesomap.app.application import make_application
    from mesomap.ui.splash import Splash

    make_application()
    splash = Splash()
    splash.show()
    QApplication.processEvents()
    return splash


def open_window(request: "WindowRequest") -> int:
    """Open the window and return its exit code. Raises BadInputError without a display, and typed errors."""
    if not has_display():
        raise BadInputError(
            "There is no display, so the window cannot open. Start MesoMap in a desktop session, "
            "or use the commands (mesomap --help). “make run” drives the window without a display."
        )
    from mesomap.app.start import run_window

    return run_window(request, _splash)


def main() -> None:
    """Entry point of the installed command."""
    global _splash
    if wants_window(sys.argv[1:]) and has_display():
        _splash = show_splash()
    from mesomap.cli import build_cli

    build_cli(open_window)(prog_name="mesomap")
    sys.exit(0)


if __name__ == "__main__":
    main()
