"""One start of a program, to be timed from outside. Run as `empty|first|ready STARTED_AT [HOME]`.

STARTED_AT is the parent's time.time(). Prints the seconds since then and the resident memory in MB.
"""

import sys
import time
from pathlib import Path


def _empty() -> None:
    """An empty PySide6 window, painted."""
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Empty(QWidget):
        painted = False

        def paintEvent(self, _event: QPaintEvent) -> None:
            self.painted = True

    app = QApplication([])
    window = Empty()
    window.resize(1280, 800)
    window.show()
    # A display that is not offscreen asks for the paint only a little later.
    while not window.painted:
        app.processEvents()


def _first() -> None:
    """MesoMap as far as its first paint, as its entry point does it."""
    from mesomap.app.entry import show_splash, wants_window

    wants_window([])
    show_splash()


def _ready(home: str) -> None:
    """MesoMap with the demonstration's draft open, painted and ready to chart."""
    from mesomap.app.entry import dress, show_splash

    splash = show_splash()
    dress(splash)
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    from mesomap.app.start import make_window, open_practice
    from mesomap.cli.main import WindowRequest

    class Painted(QObject):
        """Notes the first paint of what it watches."""

        yes = False

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            self.yes = self.yes or event.type() == QEvent.Type.Paint
            return False

    request = WindowRequest(home=Path(home), demo=True)
    window = make_window(request)
    window.show()
    splash.close()
    QApplication.processEvents()
    open_practice(window, request)
    painted = Painted()
    assert window.charting is not None
    window.charting.canvas.installEventFilter(painted)
    QApplication.processEvents()
    while not painted.yes:
        QApplication.processEvents()


def main() -> int:
    """Start, and say when that was and what it took of memory."""
    what, started = sys.argv[1], float(sys.argv[2])
    if what == "empty":
        _empty()
    elif what == "first":
        _first()
    else:
        _ready(sys.argv[3])
    took = time.time() - started
    status = Path("/proc/self/status").read_text(encoding="ascii")
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    print(f"{took:.4f} {memory / 1024:.1f}", flush=True)
    return 0


if __name__ == "__main__":
    main()
    # The window is left to the end of the process: closing it is not measured.
    import os

    os._exit(0)
