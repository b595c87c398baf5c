"""One photograph on which places are marked: a tap sets one, a drag moves it, a loupe shows where it lies.

The wheel looks nearer, so that a place can be set to the pixel; the middle or the right button moves the photo then.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from mesomap.ui.controls.focus_frame import draw_focus
from mesomap.ui.controls.held_picture import HeldLook, HeldPicture
from mesomap.ui.photos.pair_pictures import Levels
from mesomap.ui.photos.pane_sight import PaneSight
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_REACH_PX = 22
_LOUPE_PX, _LOUPE_ZOOM = 150, 3.0
_STEP = 1.25
_NEARER = {Qt.Key.Key_Plus: _STEP, Qt.Key.Key_Equal: _STEP, Qt.Key.Key_Minus: 1 / _STEP, Qt.Key.Key_0: 0.0}
_OTHERS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0), Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1), Qt.Key.Key_Down: QPointF(0, 1),
}  # fmt: skip
#: So long after the last turn of the wheel the hand is at rest, ms; so far what is drawn over the photo is kept beyond
#: the pane, px.
_AT_REST_MS, _MARGIN_PX = 70, 120


class PairPane(QWidget):
    """places: pixels of the photo by the number of their pair. moved() after every change, let_go() when a hand did.

    numbered: whether the places bear their numbers.
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
        self._over: Callable[[QPainter, QRectF], None] | None = None
        self._laid = HeldPicture(_MARGIN_PX)
        self._wheeled = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        self._wheeled.timeout.connect(self.update)
        self._levels: Levels = ()
        self._pressed = False
        self._sight = PaneSight()
        self._pushed: QPointF | None = None
        self._ground: tuple[tuple[object, ...], QPixmap] | None = None

    def show_levels(self, levels: Levels) -> None:
        """The photograph, the whole of it."""
        self._levels = levels
        self._sight, self._ground = PaneSight(), None
        self.update()

    def draw_over(self, over: Callable[[QPainter, QRectF], None] | None) -> None:
        """Draw something over the photo, which fills the place that it is given; None = nothing."""
        self._over = over
        self._laid.forget()
        self.update()

    @property
    def ready(self) -> bool:
        """Whether the photograph is there."""
        return bool(self._levels)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Look nearer or farther at a place of the widget."""
        if self._levels:
            place = QPointF(self.rect().center()) if at is None else at
            self._sight = self._sight.zoomed(factor, place, self.size(), self._levels[0].size())
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
        return self._sight.target(self.size(), self._levels[0].size())

    # -- hand and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the place under the pointer, else set one: the first that this photo lacks, else a new pair."""
        if self._levels and event.button() in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            self._pushed = event.position()
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
        if self._pushed is not None:
            by, self._pushed = event.position() - self._pushed, event.position()
            self._sight = self._sight.moved(by, self.size(), self._levels[0].size())
            self.update()
        if self._pressed and self.chosen is not None:
            self.places[self.chosen] = self.in_photo(event.position())
            self.moved.emit()
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or farther at the pointer."""
        self._wheeled.start()
        self.zoom_by(_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._pushed = None
        held, self._pressed = self._pressed, False
        self.update()
        if held:
            self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space sets a place; arrows move the chosen one by a pixel of the photo (ten with Shift, a tenth of what is
        seen with Ctrl); page up and down choose another one; plus and minus look nearer or farther, 0 shows the whole.
        """
        key = Qt.Key(event.key())
        chosen = None if self.chosen is None else self.places.get(self.chosen)
        if key in _NEARER:
            self.zoom_by(_NEARER[key], None if chosen is None else self.on_screen(chosen))
        elif key in _OTHERS and self.places:
            self._choose(_OTHERS[key])
        elif key == Qt.Key.Key_Space and self._levels and self.number_to_set() is not None:
            self.chosen = self.number_to_set()
            self._move_chosen(self.place_to_set())
        elif key in _ARROWS and chosen is not None:
            self._move_chosen(self.on_screen(chosen + _ARROWS[key] * self._step_px(event.modifiers())))
        else:
            super().keyPressEvent(event)

    def place_to_set(self) -> QPointF:
        """Where in the widget a key sets a place: in the middle of what is seen."""
        return QPointF(self.rect().center())

    def _step_px(self, held: Qt.KeyboardModifier) -> float:
        """So many pixels of the photo an arrow moves a place by."""
        if held & Qt.KeyboardModifier.ControlModifier:
            return max(1.0, round(min(self.width(), self.height()) / self._target()[1] / 10))
        return 10.0 if held & Qt.KeyboardModifier.ShiftModifier else 1.0

    def _choose(self, by: int) -> None:
        """The next place or the one before, by number."""
        numbers = sorted(self.places)
        row = numbers.index(self.chosen) + by if self.chosen in self.places else 0
        self.chosen = numbers[row % len(numbers)]
        self.update()

    def _move_chosen(self, to: QPointF) -> None:
        assert self.chosen is not None
        self.places[self.chosen] = self.in_photo(to)
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
        painter.drawPixmap(0, 0, self._photo(target, zoom))
        self._draw_over(painter, target)
        for number, place in self.places.items():
            self._draw_place(painter, self.on_screen(place), number)
        if self.chosen in self.places and (self._pressed or self.hasFocus()):
            assert self.chosen is not None
            self._draw_loupe(painter, self.places[self.chosen])
        draw_focus(painter, self, 1.0)

    def _draw_over(self, painter: QPainter, target: QRectF) -> None:
        """Kept while places are moved, or the photo under the hand."""
        over = self._over
        if over is None:
            return
        moving = self._pushed is not None or self._wheeled.isActive()
        look = HeldLook(self._levels[0].cacheKey(), target, QSizeF(self.size()), self.devicePixelRatioF())
        self._laid.draw(painter, look, lambda on, by: over(on, target.translated(by)), moving=moving)

    def _photo(self, target: QRectF, zoom: float) -> QPixmap:
        """What is seen of the photo, kept while places are moved over it."""
        ratio = self.devicePixelRatioF()
        key = (self.size(), ratio, target.topLeft(), zoom, theme.tokens().name)
        if self._ground is None or self._ground[0] != key:
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(theme.tokens().colour("sunken"))
            whole = self._levels[0].width()
            wanted = zoom * ratio * whole
            level = next((one for one in reversed(self._levels) if one.width() >= wanted), self._levels[0])
            seen = target.intersected(QRectF(self.rect()))
            factor = level.width() / target.width()
            part = QRectF((seen.topLeft() - target.topLeft()) * factor, seen.size() * factor)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(seen, level, part)
            painter.end()
            self._ground = (key, pixmap)
        return self._ground[1]

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
