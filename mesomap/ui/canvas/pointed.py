"""A widget that pen, finger, mouse and touchpad point at: events in, gestures out."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from mesomap.ui.canvas.gestures import Gestures


class PointedWidget(QWidget):
    """Hands every pointer event to its gestures; a held space makes the next press pan. resized(): another size."""

    resized = Signal()
    #: A card at the foot came, went or changed its size.
    foot_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gestures = Gestures(self)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See Gestures."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.gestures.mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See Gestures."""
        self.gestures.mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Gestures."""
        self.gestures.mouse(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See Gestures."""
        self.gestures.wheel(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """See Gestures."""
        self.gestures.pen(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space held: a press only pans."""
        if event.key() == Qt.Key.Key_Space:
            self._hold_space(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hold_space(False)
        else:
            super().keyReleaseEvent(event)

    def _hold_space(self, held: bool) -> None:
        self.gestures.space_held = held
        self.setCursor(Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.CrossCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See resized."""
        super().resizeEvent(event)
        self.resized.emit()

    def event(self, event: QEvent) -> bool:
        """Touch and touchpad pinch."""
        if isinstance(event, QTouchEvent):
            self.gestures.touch(event)
            return True
        if isinstance(event, QNativeGestureEvent) and self.gestures.native(event):
            return True
        return super().event(event)


def follow_size(canvas: QWidget, act: Callable[[], object]) -> None:
    """Have this done when the canvas gets another size.

    Not an event filter: a dozen of them would be asked, in Python, about every move of the pen and every paint; each
    time work beside the window could take Python's lock.
    """
    assert isinstance(canvas, PointedWidget)
    canvas.resized.connect(act)
