"""One photograph on which a cover is set: a drag lays it, a drag inside moves it, a corner makes it larger."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from mesomap.domain.photo_mask import LEAST_HALF_PX, MaskPlace, MaskShape
from mesomap.photos.masking import COVER
from mesomap.render.watermark import draw_watermark
from mesomap.ui.photos.pair_pictures import Levels
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_REACH_PX, _KNOB_PX, _EDGE_PX = 22.0, 6.0, 10.0
#: A drag shorter than this is a tap, which changes nothing.
_DRAG_PX = 6.0


class MaskPane(QWidget):
    """place: the cover in pixels of the photo, None = none yet. placed() after a hand changed it. watermark: shown as
    it will be; words: where there is no photo.
    """

    placed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(320, 300)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo with its cover: drag over what is to be covered; arrows move it"))
        self.shape = MaskShape.EYES
        self.place: MaskPlace | None = None
        self.words = self.watermark = ""
        self._levels: Levels = ()
        self._start: QPointF | None = None
        self._before: MaskPlace | None = None
        self._grip = ""
        theme.changed.connect(self.update)

    def show_photo(self, levels: Levels) -> None:
        """The photograph, () = it is being read."""
        self._levels = levels
        self.update()

    def show_place(self, shape: MaskShape, place: MaskPlace | None) -> None:
        """What is covered, and in which shape a hand draws."""
        self.shape, self.place = shape, place
        self.update()

    def on_screen(self, x: float, y: float) -> QPointF:
        """A pixel of the photo in the widget."""
        target, zoom = self._target()
        return target.topLeft() + QPointF(x, y) * zoom

    def in_photo(self, at: QPointF) -> QPointF:
        """A place of the widget in the photo, within its edges."""
        target, zoom = self._target()
        place, size = (at - target.topLeft()) / zoom, self._levels[0].size()
        return QPointF(min(max(place.x(), 0.0), float(size.width())), min(max(place.y(), 0.0), float(size.height())))

    def _target(self) -> tuple[QRectF, float]:
        if not self._levels:
            return QRectF(self.rect()), 1.0
        size = self._levels[0].size()
        room = QRectF(self.rect()).adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        zoom = min(room.width() / size.width(), room.height() / size.height())
        target = QRectF(0, 0, size.width() * zoom, size.height() * zoom)
        target.moveCenter(room.center())
        return target, zoom

    def _covers(self) -> MaskPlace | None:
        """The cover when it has an extent."""
        return None if self.place is None or self.place.shape is MaskShape.NOTHING else self.place

    # -- hand and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a corner or the cover, else begin another one."""
        if not self._levels or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._start, self._before = self.in_photo(event.position()), self.place
        self._grip = self._gripped(event.position())

    def _gripped(self, at: QPointF) -> str:
        place = self._covers()
        if place is None:
            return "new"
        if any((corner - at).manhattanLength() <= _REACH_PX for corner in self._corners(place)):
            return "size"
        from_middle = _along(place, self.in_photo(at))
        near = abs(from_middle.x()) <= place.half_width and abs(from_middle.y()) <= place.half_height
        return "move" if near else "new"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move, size or draw what is held."""
        if self._start is None:
            return
        now, start = self.in_photo(event.position()), self._start
        held = self._before
        if self._grip == "new" or held is None:
            if (self.on_screen(now.x(), now.y()) - self.on_screen(start.x(), start.y())).manhattanLength() < _DRAG_PX:
                return
            box = QRectF(start, now).normalized()
            middle = box.center()
            self.place = MaskPlace(
                self.shape, middle.x(), middle.y(), max(LEAST_HALF_PX, box.width() / 2),
                max(LEAST_HALF_PX, box.height() / 2),
            )  # fmt: skip
        elif self._grip == "move":
            by = now - start
            self.place = replace(held, x=held.x + by.x(), y=held.y + by.y())
        else:
            corner = _along(held, now)
            self.place = replace(
                held,
                half_width=max(LEAST_HALF_PX, abs(corner.x())),
                half_height=max(LEAST_HALF_PX, abs(corner.y())),
            )
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        changed = self._start is not None and self.place != self._before
        self._start = None
        if changed:
            self.placed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cover by a hundredth of the photo, with Shift they make it larger or smaller."""
        ways = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        way = ways.get(Qt.Key(event.key()))
        if way is None or not self._levels:
            super().keyPressEvent(event)
            return
        size = self._levels[0].size()
        step = max(1.0, min(size.width(), size.height()) / 100)
        place = self._covers()
        if place is None:
            # Without a pointer the first arrow lays a cover in the middle.
            place = MaskPlace(self.shape, size.width() / 2, size.height() / 2, size.width() / 4, size.height() / 8)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            place = replace(
                place,
                half_width=max(LEAST_HALF_PX, place.half_width + way[0] * step),
                half_height=max(LEAST_HALF_PX, place.half_height - way[1] * step),
            )
        else:
            place = replace(place, x=place.x + way[0] * step, y=place.y + way[1] * step)
        self.place = place
        self.update()
        self.placed.emit()

    # -- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Photo, cover, corners; a sentence where there is no photo."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        tokens = theme.tokens()
        painter.fillRect(self.rect(), tokens.colour("sunken"))
        if not self._levels:
            painter.setFont(font("small"))
            painter.setPen(tokens.colour("text2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(20, 20, -20, -20), int(flags), self.words)
            return
        target, zoom = self._target()
        whole = self._levels[0].width()
        ratio = self.devicePixelRatioF()
        level = next((one for one in reversed(self._levels) if one.width() >= zoom * ratio * whole), self._levels[0])
        painter.drawImage(target, level)
        place = self._covers()
        if place is not None:
            painter.setClipRect(target)
            self._draw_cover(painter, place, zoom)
            painter.setClipping(False)
        draw_watermark(painter, target, self.watermark, font("strong"))
        if place is not None:
            self._draw_corners(painter, place)

    def _draw_cover(self, painter: QPainter, place: MaskPlace, zoom: float) -> None:
        painter.save()
        painter.translate(self.on_screen(place.x, place.y))
        painter.rotate(place.turn_deg)
        half = QPointF(place.half_width * zoom, place.half_height * zoom)
        box = QRectF(-half.x(), -half.y(), 2 * half.x(), 2 * half.y())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COVER, COVER, COVER))
        if place.shape is MaskShape.FACE:
            painter.drawEllipse(box)
        else:
            painter.drawRect(box)
        painter.restore()

    def _corners(self, place: MaskPlace) -> list[QPointF]:
        turn = QTransform().translate(place.x, place.y).rotate(place.turn_deg)
        found = []
        for x in (-1, 1):
            for y in (-1, 1):
                corner = turn.map(QPointF(x * place.half_width, y * place.half_height))
                found.append(self.on_screen(corner.x(), corner.y()))
        return found

    def _draw_corners(self, painter: QPainter, place: MaskPlace) -> None:
        for corner in self._corners(place):
            painter.setPen(QPen(QColor(0, 0, 0, 170), 2))
            painter.setBrush(QColor("#FFFFFF"))
            painter.drawEllipse(corner, _KNOB_PX, _KNOB_PX)


def _along(place: MaskPlace, at: QPointF) -> QPointF:
    """A place of the photo from the middle of the cover, along its own sides."""
    return QTransform().rotate(-place.turn_deg).map(at - QPointF(place.x, place.y))
