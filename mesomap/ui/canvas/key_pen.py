"""A pen that is led by the arrow keys, for a hand that has only the keyboard."""

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtWidgets import QWidget

from mesomap.ui.canvas.gestures import Gestures

#: How far an arrow moves it, and with Shift, px.
STEP_PX, FINE_PX = 10.0, 1.0
_EDGE_PX = 4
_WAYS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class KeyPen(QObject):
    """Arrows move it over the canvas as a hovering pen, Enter taps where it is, once a place; mouse and pen end it."""

    def __init__(self, canvas: QWidget, gestures: Gestures) -> None:
        super().__init__(canvas)
        self._canvas, self._gestures = canvas, gestures
        self._at = QPointF()
        self._moved = False
        gestures.hovered.connect(self._follow)

    def key(self, key: Qt.Key, shift: bool) -> bool:
        """A key over the canvas. True when it was for this pen; an Enter without an arrow before is for the tool."""
        if not self._canvas.hasFocus():
            return False
        if key in _WAYS:
            self._step(_WAYS[key] * (FINE_PX if shift else STEP_PX))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._gestures.by_key and self._moved:
            self._moved = False
            self._gestures.tapped.emit(self._at, "key")
            return True
        if key == Qt.Key.Key_Escape and self._gestures.by_key:
            self._gestures.by_key = False
            self._canvas.update()
        return False

    def _step(self, by: QPointF) -> None:
        room = self._canvas.rect().adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        at = self._at if not self._at.isNull() else QPointF(room.center())
        x = min(max(at.x() + by.x(), room.left()), room.right())
        y = min(max(at.y() + by.y(), room.top()), room.bottom())
        self._moved = True
        self._gestures.by_key = True
        self._gestures.hovered.emit(QPointF(x, y))

    def _follow(self, at: QPointF) -> None:
        """It begins where mouse or pen were last."""
        self._at = at
