"""A press that is held: a pen, button or finger that stays at one place for a moment."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

#: How long a press is held to mean something else than a tap, ms; how far it may wander meanwhile, px.
HOLD_MS, SLACK_PX = 550, 10.0
_PRESS = (
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TabletPress, QEvent.Type.TouchBegin,
)  # fmt: skip
_MOVE = (QEvent.Type.MouseMove, QEvent.Type.TabletMove, QEvent.Type.TouchUpdate)
_END = (
    QEvent.Type.MouseButtonRelease, QEvent.Type.TabletRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel,
)  # fmt: skip


class Held(QObject):
    """Watches a widget while `on`; sends held(place). `swallows` is True from then on until the next press."""

    held = Signal(QPointF)

    def __init__(self, widget: QWidget, fingers_count: Callable[[], bool] = lambda: True) -> None:
        """fingers_count: whether a resting finger may mean something; a palm must not while only the pen counts."""
        super().__init__(widget)
        self._fingers_count = fingers_count
        self.on = False
        self.swallows = False
        self._at: QPointF | None = None
        self._clock = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._clock.timeout.connect(self._expired)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow presses; takes nothing away from the widget."""
        if self.on and isinstance(event, QMouseEvent | QTabletEvent | QTouchEvent):
            at = _place(event)
            if event.type() in _PRESS:
                self.swallows = False
                if at is not None and self._is_plain(event):
                    self._at = at
                    self._clock.start()
            elif event.type() in _MOVE and self._at is not None:
                if at is None or (at - self._at).manhattanLength() > SLACK_PX:
                    self._forget()
            elif event.type() in _END:
                self._forget()
        return False

    def _is_plain(self, event: QMouseEvent | QTabletEvent | QTouchEvent) -> bool:
        if isinstance(event, QTouchEvent):
            return self._fingers_count()
        # Some pens send no button with their press.
        return event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)

    def _forget(self) -> None:
        self._at = None
        self._clock.stop()

    def _expired(self) -> None:
        at, self._at = self._at, None
        if at is not None:
            self.swallows = True
            self.held.emit(at)


def _place(event: QMouseEvent | QTabletEvent | QTouchEvent) -> QPointF | None:
    """Place of the pointer; None with several fingers."""
    if isinstance(event, QTouchEvent):
        points = event.points()
        return points[0].position() if len(points) == 1 else None
    return event.position()
