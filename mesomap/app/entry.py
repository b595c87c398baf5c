"""The `mesomap` command: the command line, and behind it the window."""

import builtins
import gc
import sys
import time
from typing import TYPE_CHECKING

from mesomap.app.core_dumps import forbid_core_dumps
from mesomap.app.display import has_display
from mesomap.domain.errors import BadInputError

if TYPE_CHECKING:
    from mesomap.cli import WindowRequest
    from mesomap.ui.splash import Splash

#: Longest wait for a slow display to paint the splash, s.
_PATIENCE_S = 0.3
_splash: "Splash | None" = None


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


def show_splash() -> "Splash":
    """Paint something at once; the rest of the program takes longer to load.

    Garbage is not collected from here until start.open_practice(): loading makes hardly any, and looking is slow.
    PySide6 puts an import function of its own in the place of Python's; it reads the source of every module imported
    from then on for the word PySide6, which serves its __feature__ switch alone. Python's comes back.
    """
    gc.disable()
    plain_import = builtins.__import__
    from PySide6.QtCore import QCoreApplication, QEventLoop

    from mesomap.app.application import bare_application
    from mesomap.ui.splash import Splash

    vars(builtins)["__import__"] = plain_import
    bare_application()
    splash = Splash()
    splash.show()
    patience = time.monotonic() + _PATIENCE_S
    while not splash.painted and time.monotonic() < patience:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
    return splash


def dress(splash: "Splash") -> None:
    """After the first paint: typefaces and theme of the application, and the words of the splash."""
    from mesomap.app.application import make_application
    from mesomap.ui.controls.brand import app_icon
    from mesomap.ui.typefaces import font

    make_application()
    splash.setWindowIcon(app_icon())
    splash.show_words(font("title", 17), font("small"))


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
    forbid_core_dumps()
    if wants_window(sys.argv[1:]) and has_display():
        _splash = show_splash()
        dress(_splash)
    from mesomap.cli import build_cli

    build_cli(open_window)(prog_name="mesomap")
    sys.exit(0)


if __name__ == "__main__":
    main()
