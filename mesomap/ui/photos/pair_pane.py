"""One photograph on which places are marked: a tap sets one, a drag moves it, a loupe shows where it lies."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mesomap.ui.photos.pair_pictures import Levels
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_REACH_PX = 22
_LOUPE_PX, _LOUPE_ZOOM = 150, 3.0


class PairPane(QWidget):
    """places: pixels of the photo by the number of their pair. moved() after every change, let_go() when a hand did.

    numbered: whether the places bear their numbers. over: draws something over the photo, which fills the place that it
    is given.
    """

    moved = Signal()
    let_go = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setMinimumSize(300, 300)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.places: dict[int, QPointF] = {}
        self.chosen: int | None = None
        self.poor: int | None = None
        self.numbered = True
        self.over: Callable[[QPainter, QRectF], None] | None = None
        self._levels: Levels = ()
        self._pressed = False

    def show_levels(self, levels: Levels) -> None:
        """The photograph."""
        self._levels = levels
        self.update()

    def on_screen(self, place: QPointF) -> QPointF:
        """A pixel of the photo in the widget."""
        target, zoom = self._target()
        return target.topLeft() + place * zoom

    def in_photo(self, place: QPointF) -> QPointF:
        """A place of the widget in the photo, within its edges."""
        target, zoom = self._target()
        at, size = (place - target.topLeft()) / zoom, self._levels[0].size()
        return QPointF(min(max(at.x(), 0.0), size.width() - 1.0), min(max(at.y(), 0.0), size.height() - 1.0))

    def _target(self) -> tuple[QRectF, float]:
        if not self._levels:
            return QRectF(self.rect()), 1.0
        size = self._levels[0].size()
        zoom = min(self.width() / size.width(), self.height() / size.height())
        wide, high = size.width() * zoom, size.height() * zoom
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high), zoom

    # -- hand and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the place under the pointer, else set one: the first that this photo lacks, else a new pair."""
        if not self._levels or event.button() is not Qt.MouseButton.LeftButton:
            return
        near = {
            number: (self.on_screen(place) - event.position()).manhattanLength()
            for number, place in self.places.items()
        }
        number = min(near, key=lambda one: near[one], default=None)
        self._pressed = True
        if number is not None and near[number] <= _REACH_PX:
            self.chosen = number
        else:
            self.chosen = self.number_to_set()
            if self.chosen is None:
                self._pressed = False
                return
            self.places[self.chosen] = self.in_photo(event.position())
        self.moved.emit()
        self.update()

    def number_to_set(self) -> int | None:
        """What a tap on free skin sets: the first that this photo lacks, else a new one; None = nothing."""
        return next(one for one in range(len(self.places) + 1) if one not in self.places)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        if self._pressed and self.chosen is not None:
            self.places[self.chosen] = self.in_photo(event.position())
            self.moved.emit()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        held, self._pressed = self._pressed, False
        self.update()
        if held:
            self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the chosen place by a pixel of the photo (ten with Shift)."""
        by = {
            Qt.Key.Key_Left: QPointF(-1, 0),
            Qt.Key.Key_Right: QPointF(1, 0),
            Qt.Key.Key_Up: QPointF(0, -1),
            Qt.Key.Key_Down: QPointF(0, 1),
        }.get(Qt.Key(event.key()))
        if by is None or self.chosen not in self.places:
            super().keyPressEvent(event)
            return
        assert self.chosen is not None
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self.places[self.chosen] = self.in_photo(self.on_screen(self.places[self.chosen] + by * far))
        self.moved.emit()
        self.update()
        self.let_go.emit()

    # -- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Photo, places, loupe."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.tokens().colour("sunken"))
        if not self._levels:
            return
        target, zoom = self._target()
        whole = self._levels[0].width()
        level = next((one for one in reversed(self._levels) if one.width() >= zoom * whole), self._levels[0])
        painter.drawImage(target, level)
        if self.over is not None:
            self.over(painter, target)
        for number, place in self.places.items():
            self._draw_place(painter, self.on_screen(place), number)
        if self.chosen in self.places and (self._pressed or self.hasFocus()):
            assert self.chosen is not None
            self._draw_loupe(painter, self.places[self.chosen])

    def _draw_place(self, painter: QPainter, at: QPointF, number: int) -> None:
        poor, chosen = number == self.poor, number == self.chosen
        for colour, width in ((QColor(0, 0, 0, 170), 4.0), (QColor("#FFB000") if poor else QColor("#FFFFFF"), 1.8)):
            painter.setPen(QPen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, 9, 9)
            if chosen:
                painter.drawEllipse(at, 13, 13)
            painter.drawLine(at - QPointF(4, 0), at + QPointF(4, 0))
            painter.drawLine(at - QPointF(0, 4), at + QPointF(0, 4))
        if not self.numbered:
            return
        painter.setFont(font("strong"))
        box = QRectF(at.x() + 12, at.y() - 22, 24, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 24, 26, 215))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _draw_loupe(self, painter: QPainter, place: QPointF) -> None:
        """In the corner away from the place, three pixels of the screen for one of the photo."""
        at = self.on_screen(place)
        left = 10.0 if at.x() > self.width() / 2 else self.width() - _LOUPE_PX - 10.0
        top = 10.0 if at.y() > self.height() / 2 else self.height() - _LOUPE_PX - 10.0
        box = QRectF(left, top, _LOUPE_PX, _LOUPE_PX)
        span = _LOUPE_PX / _LOUPE_ZOOM
        painter.save()
        shape = QPainterPath()
        shape.addEllipse(box)
        painter.setClipPath(shape)
        painter.fillRect(box, theme.tokens().colour("sunken"))
        painter.drawImage(box, self._levels[0], QRectF(place.x() - span / 2, place.y() - span / 2, span, span))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 170), 4.0), (QColor("#FFFFFF"), 1.6)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(box)
            middle = box.center()
            painter.drawLine(middle - QPointF(12, 0), middle + QPointF(12, 0))
            painter.drawLine(middle - QPointF(0, 12), middle + QPointF(0, 12))
