"""The real window on the demonstration practice, at the patient list."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from mesomap.app.application import make_application
from mesomap.app.start import make_window, open_practice
from mesomap.cli import WindowRequest
from mesomap.services import Practice
from mesomap.ui.main_window import MainWindow
from mesomap.ui.theme import theme


def open_window(home: Path) -> MainWindow:
    """Open it; the demonstration is built when the folder holds none."""
    make_application()
    theme.use("light")
    request = WindowRequest(home=home, demo=True)
    window = make_window(request)
    window.resize(1440, 900)
    window.show()
    open_practice(window, request)
    window.show_patients()
    QApplication.processEvents()
    return window


def practice_of(window: MainWindow) -> Practice:
    """The open practice. Raises RuntimeError when it is closed."""
    if window.desk.practice is None:
        raise RuntimeError("the practice is closed")
    return window.desk.practice
