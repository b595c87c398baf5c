"""The real window on the demonstration practice, at the patient list."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from mesomap.app.application import make_application
from mesomap.app.start import make_window, open_practice
from mesomap.cli import WindowRequest
from mesomap.services import Practice
from mesomap.ui.main_window import MainWindow
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import choose_text_scale, font


@dataclass
class Look:
    """How large the window and its text are."""

    size: tuple[int, int] = (1440, 900)
    text: float = 1.0


#: Of every window that is opened here.
look = Look()


def open_window(home: Path) -> MainWindow:
    """Open it; the demonstration is built when the folder holds none."""
    make_application()
    # Not through the theme, which would remember it for this computer.
    choose_text_scale(look.text)
    QGuiApplication.setFont(font("body"))
    theme.use("light")
    request = WindowRequest(home=home, demo=True)
    window = make_window(request)
    window.resize(*look.size)
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
