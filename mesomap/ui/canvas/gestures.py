"""Pointer events to gestures: mouse, pen and fingers all end in tap, hover, pan and zoom."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QInputDevice,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)

from mesomap.ui.canvas.touch import Fingers

#: A press that wanders further than this is a drag, px.
SLACK_PX = {"mouse": 5.0, "pen": 8.0}
#: The buttons on a pen's barrel.
_PEN_GONE_MS = 2000
_BARREL = Qt.MouseButton.RightButton | Qt.MouseButton.MiddleButton


class Pointer(StrEnum):
    """What touched the canvas."""

    MOUSE = "mouse"
    PEN = "pen"
    TOUCH = "touch"


class Gestures(QObject):
    """Sends pressed(place), tapped(place, pointer), hovered(place), panned(by), zoomed(factor, place); counts nothing,
    paints nothing. With tool_drags on, a drag of pen or left button goes to the tool: drag_began(place),
    dragged(place), dropped(place); fingers, the middle button and a held space still pan. erasing(on): the
    barrel button of the pen is held, or its other end is down. pen_seen: the first pen came near.
    """

    pressed = Signal(QPointF)
    tapped = Signal(QPointF, str)
    hovered = Signal(QPointF)
    panned = Signal(QPointF)
    zoomed = Signal(float, QPointF)
    fingers_tapped = Signal(int)
    drag_ended = Signal()
    drag_began = Signal(QPointF)
    dragged = Signal(QPointF)
    dropped = Signal(QPointF)
    erasing = Signal(bool)
    pen_left = Signal()
    pen_seen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.space_held = False
        self.pen_only = False
        self.tool_drags = False
        #: True while the arrow keys lead the pen (see key_pen.py).
        self.by_key = False
        self._start: QPointF | None = None
        self._last = QPointF()
        self._pointer = Pointer.MOUSE
        self._dragging = False
        self._by_tool = False
        self._button = Qt.MouseButton.NoButton
        self._erasing = False
        self._pen_known = False
        # A pen in the air does not move the mouse, and nobody tells the canvas when it goes.
        self._pen_gone = QTimer(self, singleShot=True, interval=_PEN_GONE_MS)
        self._pen_gone.timeout.connect(self.pen_left)
        self._fingers = Fingers(self)
        self._fingers.tapped.connect(lambda at: self.tapped.emit(at, Pointer.TOUCH.value))
        self._fingers.panned.connect(self.panned)
        self._fingers.zoomed.connect(self.zoomed)
        self._fingers.fingers_tapped.connect(self.fingers_tapped)
        self._fingers.ended.connect(self.drag_ended)

    def mouse(self, event: QMouseEvent) -> None:
        """Press, move and release of the mouse. Left drags and middle drags pan; a left press without a
        drag taps.
        """
        self.by_key = False
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._begin(event.position(), event.button(), Pointer.MOUSE)
        elif event.type() == QEvent.Type.MouseMove:
            self._move(event.position(), event.buttons())
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._end(event.position())

    def pen(self, event: QTabletEvent) -> None:
        """Press, move and release of a pen, whatever pressure it sends; hovering shows the readout, the barrel button
        erases while it is held.
        """
        self._pen_gone.start()
        self.by_key = False
        if not self._pen_known:
            self._pen_known = True
            self.pen_seen.emit()
        self._follow_barrel(event)
        if event.type() == QEvent.Type.TabletPress:
            if not self._in_the_air(event):
                self._begin(event.position(), Qt.MouseButton.LeftButton, Pointer.PEN)
        elif event.type() == QEvent.Type.TabletMove:
            self._move(event.position(), event.buttons())
        elif event.type() == QEvent.Type.TabletRelease and self._pointer is Pointer.PEN:
            self._end(event.position())
        event.accept()

    @property
    def pen_here(self) -> bool:
        """True while a pen is over the canvas or on it, or the arrow keys lead one."""
        return self._pen_gone.isActive() or self.by_key

    def _follow_barrel(self, event: QTabletEvent) -> None:
        end = event.pointerType() == QPointingDevice.PointerType.Eraser
        held = bool(event.buttons() & _BARREL)
        # a release carries the button that left: the tap that ends with it still erases
        leaving = event.type() == QEvent.Type.TabletRelease and bool(event.button() & _BARREL)
        wanted = end or held or leaving
        if wanted != self._erasing and (wanted or self._start is None):
            self._erasing = wanted
            self.erasing.emit(wanted)

    def _in_the_air(self, event: QTabletEvent) -> bool:
        """A barrel button pressed while the pen hovers: only a pen that measures pressure can tell."""
        measures = event.pointingDevice().hasCapability(QInputDevice.Capability.Pressure)
        return bool(event.button() & _BARREL) and measures and event.pressure() == 0.0

    def _begin(self, at: QPointF, button: Qt.MouseButton, pointer: Pointer) -> None:
        if self._start is not None:
            self._lose()
        self._start, self._last, self._dragging, self._button, self._pointer = at, at, False, button, pointer
        if self._is_left() and not self.space_held:
            self.pressed.emit(at)

    @property
    def down(self) -> bool:
        """True while pen or mouse button is down."""
        return self._start is not None

    def _move(self, at: QPointF, buttons: Qt.MouseButton) -> None:
        if self._start is not None and buttons == Qt.MouseButton.NoButton:
            self._lose()
        if self._start is None:
            self.hovered.emit(at)
            return
        away = at - self._start
        if not self._dragging and (away.x() ** 2 + away.y() ** 2) ** 0.5 > SLACK_PX[self._pointer]:
            self._dragging = True
            self._by_tool = self.tool_drags and self._is_left() and not self.space_held
            if self._by_tool:
                self.drag_began.emit(self._start)
        if self._dragging and self._by_tool:
            self.dragged.emit(at)
        elif self._dragging:
            self.panned.emit(at - self._last)
        self._last = at

    def _lose(self) -> None:
        """The release never came: what was drawn up to here counts, a press that went nowhere does not."""
        if self._dragging:
            self._end(self._last)
        self._start, self._dragging, self._by_tool = None, False, False

    def _is_left(self) -> bool:
        return self._button in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)

    def _end(self, at: QPointF) -> None:
        was_tap = self._start is not None and not self._dragging
        dragged, by_tool = self._dragging, self._by_tool
        self._start, self._dragging, self._by_tool = None, False, False
        if was_tap and self._is_left() and not self.space_held:
            self.tapped.emit(at, self._pointer.value)
        if dragged and by_tool:
            self.dropped.emit(at)
        elif dragged:
            self.drag_ended.emit()

    def touch(self, event: QTouchEvent) -> None:
        """Fingers, unless only the pen counts or is at work: then hand and fingers may rest on the glass."""
        if not self.pen_only and (self._start is None or self._pointer is not Pointer.PEN):
            self._fingers.touch(event)
        event.accept()

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
