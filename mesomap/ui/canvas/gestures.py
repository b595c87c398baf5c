"""Pointer events to gestures: mouse, pen and fingers all end in tap, hover, pan and zoom."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QTabletEvent, QTouchEvent, QWheelEvent

#: A press that wanders further than this is a drag, px.
SLACK_PX = {"mouse": 5.0, "pen": 8.0, "touch": 14.0}


class Pointer(StrEnum):
    """What touched the canvas."""

    MOUSE = "mouse"
    PEN = "pen"
    TOUCH = "touch"


class Gestures(QObject):
    """Sends tapped(place, pointer), hovered(place), panned(by), zoomed(factor, place); counts nothing,
    paints nothing. With tool_drags on, a drag of pen or left button goes to the tool: drag_began(place),
    dragged(place), dropped(place); fingers, the middle button and a held space still pan.
    """

    tapped = Signal(QPointF, str)
    hovered = Signal(QPointF)
    panned = Signal(QPointF)
    zoomed = Signal(float, QPointF)
    fingers_tapped = Signal(int)
    drag_ended = Signal()
    drag_began = Signal(QPointF)
    dragged = Signal(QPointF)
    dropped = Signal(QPointF)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.space_held = False
        self.pen_only = False
        self.tool_drags = False
        self._start: QPointF | None = None
        self._last = QPointF()
        self._dragging = False
        self._by_tool = False
        self._button = Qt.MouseButton.NoButton
        self._fingers = 0
        self._spread = 0.0
        self._moved = False

    def mouse(self, event: QMouseEvent) -> None:
        """Press, move and release of the mouse. Left drags and middle drags pan; a left press without a
        drag taps.
        """
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._begin(event.position(), event.button())
        elif event.type() == QEvent.Type.MouseMove:
            self._move(event.position(), Pointer.MOUSE)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._end(event.position(), Pointer.MOUSE)

    def pen(self, event: QTabletEvent) -> None:
        """Press, move and release of a pen; hovering shows the readout."""
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), event.button())
        elif event.type() == QEvent.Type.TabletMove:
            self._move(event.position(), Pointer.PEN)
        elif event.type() == QEvent.Type.TabletRelease:
            self._end(event.position(), Pointer.PEN)
        event.accept()

    def _begin(self, at: QPointF, button: Qt.MouseButton) -> None:
        self._start, self._last, self._dragging, self._button = at, at, False, button

    def _move(self, at: QPointF, pointer: Pointer) -> None:
        if self._start is None:
            self.hovered.emit(at)
            return
        away = at - self._start
        if not self._dragging and (away.x() ** 2 + away.y() ** 2) ** 0.5 > SLACK_PX[pointer]:
            self._dragging = True
            self._by_tool = self.tool_drags and self._is_left() and not self.space_held
            if self._by_tool:
                self.drag_began.emit(self._start)
        if self._dragging and self._by_tool:
            self.dragged.emit(at)
        elif self._dragging:
            self.panned.emit(at - self._last)
            self._last = at

    def _is_left(self) -> bool:
        return self._button in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)

    def _end(self, at: QPointF, pointer: Pointer) -> None:
        was_tap = self._start is not None and not self._dragging
        dragged, by_tool = self._dragging, self._by_tool
        self._start, self._dragging, self._by_tool = None, False, False
        if was_tap and self._is_left() and not self.space_held:
            self.tapped.emit(at, pointer.value)
        if dragged and by_tool:
            self.dropped.emit(at)
        elif dragged:
            self.drag_ended.emit()

    def touch(self, event: QTouchEvent) -> None:
        """One finger taps or pans, two fingers pan and pinch, two and three fingers tapping undo and redo."""
        points = event.points()
        if event.type() == QEvent.Type.TouchBegin:
            self._fingers, self._moved = 0, False
        if len(points) > self._fingers:
            self._fingers = len(points)
            self._spread = _spread(event)
            self._last = _middle(event)
            if self._fingers == 1:
                self._start = points[0].position()
        middle = _middle(event)
        if event.type() == QEvent.Type.TouchUpdate and len(points) == self._fingers:
            self._touch_move(event, middle)
        elif event.type() == QEvent.Type.TouchEnd:
            self._touch_end(points[0].position() if points else middle)
        event.accept()

    def _touch_move(self, event: QTouchEvent, middle: QPointF) -> None:
        away = middle - (self._start or middle) if self._fingers == 1 else middle - self._last
        spread = _spread(event)
        limit = SLACK_PX["touch"] if self._fingers == 1 else 4.0
        if (away.x() ** 2 + away.y() ** 2) ** 0.5 > limit or abs(spread - self._spread) > 8:
            self._moved = True
        if not self._moved:
            return
        if self._fingers >= 2 and self._spread > 1 and spread > 1:
            self.zoomed.emit(spread / self._spread, middle)
            self._spread = spread
        self.panned.emit(middle - self._last)
        self._last = middle

    def _touch_end(self, at: QPointF) -> None:
        fingers, moved = self._fingers, self._moved
        self._start, self._fingers = None, 0
        if moved:
            self.drag_ended.emit()
        elif fingers == 1 and not self.pen_only:
            self.tapped.emit(at, Pointer.TOUCH.value)
        elif fingers >= 2:
            self.fingers_tapped.emit(fingers)

    def wheel(self, event: QWheelEvent) -> None:
        """Wheel zooms at the pointer; a touchpad's pixel scrolling pans, with Ctrl it zooms."""
        pixels = event.pixelDelta()
        if not pixels.isNull() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.panned.emit(QPointF(pixels))
        else:
            self.zoomed.emit(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def native(self, event: QNativeGestureEvent) -> bool:
        """Pinch on a touchpad."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoomed.emit(1.0 + event.value(), event.position())
        return True


def _middle(event: QTouchEvent) -> QPointF:
    places = [point.position() for point in event.points()]
    if not places:
        return QPointF()
    return QPointF(sum(p.x() for p in places) / len(places), sum(p.y() for p in places) / len(places))


def _spread(event: QTouchEvent) -> float:
    places = [point.position() for point in event.points()]
    if len(places) < 2:
        return 0.0
    away = places[0] - places[1]
    return float((away.x() ** 2 + away.y() ** 2) ** 0.5)
