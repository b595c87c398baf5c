"""A Qt application to paint with when there is no window, as on the command line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication


@contextmanager
def painting() -> Iterator[None]:
    """Fonts and pictures work inside. Uses the application that runs already, else makes one without a display.

    The application stays for the rest of the process: Qt allows one only, and taking it down would take every
    other Qt object of the process with it.
    """
    if QApplication.instance() is None:
        _make_offscreen()
    yield


def _make_offscreen() -> None:
    before = os.environ.get("QT_QPA_PLATFORM")
    # Printing needs no screen, and without one Qt would end the process instead of raising an error.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        _kept.append(QApplication(["mesomap"]))
    finally:
        if before is None:
            del os.environ["QT_QPA_PLATFORM"]
        else:
            os.environ["QT_QPA_PLATFORM"] = before


_kept: list[QApplication] = []
