"""A Qt application to paint with when there is no window, as on the command line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QGuiApplication


@contextmanager
def painting() -> Iterator[None]:
    """Fonts and pictures work inside. Uses the application that runs already, else one without a display."""
    if QGuiApplication.instance() is not None:
        yield
        return
    before = os.environ.get("QT_QPA_PLATFORM")
    # Printing needs no screen, and without one Qt would end the process instead of raising an error.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        application = QGuiApplication(["mesomap"])
    finally:
        if before is None:
            del os.environ["QT_QPA_PLATFORM"]
        else:
            os.environ["QT_QPA_PLATFORM"] = before
    try:
        yield
    finally:
        application.shutdown()
