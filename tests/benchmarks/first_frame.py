"""When the first frame that shows an opened session is through: what the window does after it is not waited for."""

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from mesomap.ui.main_window import MainWindow


class FirstFrame(QObject):
    """Made before the session is opened; wait() afterwards. at: time.perf_counter() when the frame was painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.at = 0.0
        self._window = window
        self._shows_canvas = self._within = False
        # Which of the two gets the request to paint depends on the platform.
        self._frames: list[QObject] = [window, window.windowHandle()]
        for frame in self._frames:
            frame.installEventFilter(self)

    def wait(self) -> float:
        """Let the window work until the frame is through; returns `at`."""
        assert self._window.charting is not None
        watched = [*self._frames, self._window.charting.canvas]
        watched[-1].installEventFilter(self)
        while not self.at:
            QApplication.processEvents()
        for target in watched:
            target.removeEventFilter(self)
        return self.at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A frame is painted, whole, within its UpdateRequest."""
        if event.type() == QEvent.Type.Paint and watched not in self._frames:
            self._shows_canvas = True
        if event.type() != QEvent.Type.UpdateRequest or self._within:
            return False
        self._within = True
        watched.event(event)
        self._within = False
        if self._shows_canvas and not self.at:
            self.at = time.perf_counter()
        return True
