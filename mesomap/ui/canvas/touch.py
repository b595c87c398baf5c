"""Fingers on the canvas: one taps or pans, two pan and pinch, two or three tapping together undo and redo.

Apart from mouse and pen: a touch that never ends, or a palm, must not turn their movements into drags.
"""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QTouchEvent

#: A finger that wanders further than this pans; several tap together only while they stay nearer than that, px.
SLACK_PX, TOGETHER_PX, SPREAD_PX = 14.0, 10.0, 12.0
#: Hands that rest longer than this on the glass meant nothing, ms.
TAP_MS = 700


class Fingers(QObject):
    """Sends tapped(place), panned(by), zoomed(factor, place), fingers_tapped(count) and ended after a pan or pinch."""

    tapped = Signal(QPointF)
    panned = Signal(QPointF)
    zoomed = Signal(float, QPointF)
    fingers_tapped = Signal(int)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._count = 0
        self._start, self._last = QPointF(), QPointF()
        self._spread = 0.0
        self._moved = False

    def touch(self, event: QTouchEvent) -> None:
        """A touch event of the canvas, in order; a beginning forgets whatever never ended before it."""
        kind, points = event.type(), event.points()
        if kind == QEvent.Type.TouchCancel:
            self._forget()
            return
        if kind == QEvent.Type.TouchBegin:
            self._forget()
            self._clock.start()
        if len(points) > self._count:
            self._count = len(points)
            self._spread = _spread(event)
            self._start = self._last = _middle(event)
        if kind == QEvent.Type.TouchUpdate and len(points) == self._count:
            self._move(event)
        elif kind == QEvent.Type.TouchEnd:
            self._end(points[0].position() if points else self._last)

    def _forget(self) -> None:
        if self._moved:
            self.ended.emit()
        self._count, self._moved = 0, False

    def _move(self, event: QTouchEvent) -> None:
        middle, spread = _middle(event), _spread(event)
        away = middle - self._start
        far = (away.x() ** 2 + away.y() ** 2) ** 0.5 > (SLACK_PX if self._count == 1 else TOGETHER_PX)
        if far or abs(spread - self._spread) > SPREAD_PX:
            self._moved = True
        if not self._moved:
            return
        if self._count >= 2 and self._spread > 1 and spread > 1:
            self.zoomed.emit(spread / self._spread, middle)
            self._spread = spread
        self.panned.emit(middle - self._last)
        self._last = middle

    def _end(self, at: QPointF) -> None:
        count, moved = self._count, self._moved
        self._count, self._moved = 0, False
        if moved:
            self.ended.emit()
        elif count == 1:
            self.tapped.emit(at)
        elif count >= 2 and self._clock.elapsed() <= TAP_MS:
            self.fingers_tapped.emit(count)


def _middle(event: QTouchEvent) -> QPointF:
    places = [point.position() for point in event.points()]
    if not places:
        return QPointF()
    return QPointF(sum(p.x() for p in places) / len(places), sum(p.y() for p in places) / len(places))


def _spread(event: QTouchEvent) -> float:
    """Distance of the first two fingers, px; 0 for one."""
    places = [point.position() for point in event.points()]
    if len(places) < 2:
        return 0.0
    away = places[0] - places[1]
    return float((away.x() ** 2 + away.y() ** 2) ** 0.5)
