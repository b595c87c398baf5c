"""A field to sign in with pen, finger or mouse. Strokes are kept as drawn, with pressure where the device has it."""

from dataclasses import dataclass, field

from PySide6.QtCore import QBuffer, QElapsedTimer, QIODevice, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from mesomap.domain.consent import InkStroke, SignedWith
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_PARTS = 1000
_PICTURE_HIGH = 360
#: Ink width in parts of the field's height, without pressure and at full pressure.
_WIDTH, _WIDEST = 0.012, 0.024
#: Shorter than this (parts of the height) is a slip of the pen, not a signature.
_LEAST_LENGTH = 0.25


@dataclass
class _Stroke:
    """Places in parts of the height, milliseconds, pressure 0-1 (empty: the device has none)."""

    places: list[QPointF] = field(default_factory=list)
    ms: list[int] = field(default_factory=list)
    pressure: list[float] = field(default_factory=list)


class SignaturePad(QWidget):
    """changed is sent after every stroke and after clear()."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Signature field: sign with pen, finger or mouse"))
        self._strokes: list[_Stroke] = []
        self._drawing = False
        self._with = SignedWith.MOUSE
        self._clock = QElapsedTimer()
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide and low, as a line to sign on."""
        return QSize(640, 180)

    @property
    def signed_with(self) -> SignedWith:
        """The device of the last stroke."""
        return self._with

    def is_signed(self) -> bool:
        """Whether there is more than a slip of the pen."""
        return sum(_length(stroke) for stroke in self._strokes) >= _LEAST_LENGTH

    def clear(self) -> None:
        """Begin again."""
        self._strokes = []
        self._drawing = False
        self.update()
        self.changed.emit()

    def ink(self) -> tuple[InkStroke, ...]:
        """The strokes as they are kept."""
        return tuple(
            InkStroke(
                x=tuple(round(place.x() * _PARTS) for place in stroke.places),
                y=tuple(round(place.y() * _PARTS) for place in stroke.places),
                ms=tuple(stroke.ms),
                pressure=tuple(round(value * _PARTS) for value in stroke.pressure),
            )
            for stroke in self._strokes
        )

    def show_ink(self, ink: tuple[InkStroke, ...]) -> None:
        """Show strokes that were kept."""
        self._strokes = [
            _Stroke(
                [QPointF(x / _PARTS, y / _PARTS) for x, y in zip(stroke.x, stroke.y, strict=True)],
                list(stroke.ms),
                [value / _PARTS for value in stroke.pressure],
            )
            for stroke in ink
        ]
        self.update()
        self.changed.emit()

    def picture(self) -> bytes:
        """The signature black on white as PNG, cut to nothing: the whole field."""
        size = QSize(max(1, round(_PICTURE_HIGH * self.width() / max(1, self.height()))), _PICTURE_HIGH)
        image = QImage(size, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ink(painter, _PICTURE_HIGH, QColor(Qt.GlobalColor.black))
        painter.end()
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(held, "PNG")  # type: ignore[call-overload]
        return bytes(held.data().data())

    # -- events

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Pen: with pressure. Accepted, so that no mouse event follows."""
        event.accept()
        pressed = bool(event.buttons() & Qt.MouseButton.LeftButton)
        has_pressure = bool(event.device().capabilities() & QInputDevice.Capability.Pressure)
        kind = event.type()
        if kind == QTabletEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), SignedWith.PEN, event.pressure() if has_pressure else None)
        elif kind == QTabletEvent.Type.TabletMove and pressed:
            self._go_on(event.position(), event.pressure() if has_pressure else None)
        elif kind == QTabletEvent.Type.TabletRelease:
            self._end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mouse, or a finger that the system turns into one."""
        if event.button() == Qt.MouseButton.LeftButton:
            finger = event.pointingDevice().pointerType() == QPointingDevice.PointerType.Finger
            self._begin(event.position(), SignedWith.FINGER if finger else SignedWith.MOUSE, None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The stroke goes on."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position(), None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke ends."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace clear the field."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    # -- inside

    def _begin(self, place: QPointF, device: SignedWith, pressure: float | None) -> None:
        if not self._strokes:
            self._clock.start()
        self._with, self._drawing = device, True
        self._strokes.append(_Stroke())
        self._go_on(place, pressure)

    def _go_on(self, place: QPointF, pressure: float | None) -> None:
        if not self._drawing:
            return
        stroke, high = self._strokes[-1], max(1, self.height())
        wide = self.width() / high
        inside = QPointF(min(max(place.x() / high, 0.0), wide), min(max(place.y() / high, 0.0), 1.0))
        if stroke.places and QLineF(stroke.places[-1], inside).length() < 1 / _PARTS:
            return
        stroke.places.append(inside)
        stroke.ms.append(int(self._clock.elapsed()))
        if pressure is not None:
            stroke.pressure.append(min(max(pressure, 0.0), 1.0))
        self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Field, line to sign on, ink."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(tokens.colour("panel"))
        painter.setPen(QPen(tokens.colour("text" if self.hasFocus() else "text3"), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(box, 11, 11)
        base = self.height() * 0.74
        painter.setPen(QPen(tokens.colour("line2"), 1))
        painter.drawLine(QLineF(24, base, self.width() - 24, base))
        if not self._strokes:
            painter.setPen(tokens.colour("text3"))
            painter.setFont(font("small"))
            room = QRectF(24, base + 4, self.width() - 48, 24)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, self.tr("Sign here with pen or finger"))
        self._paint_ink(painter, self.height(), tokens.colour("text"))

    def _paint_ink(self, painter: QPainter, high: float, colour: QColor) -> None:
        for stroke in self._strokes:
            places = [place * high for place in stroke.places]
            if len(places) == 1:
                places.append(places[0] + QPointF(0.1, 0))
            for number in range(1, len(places)):
                pressure = stroke.pressure[number - 1] if number - 1 < len(stroke.pressure) else None
                part = _WIDTH if pressure is None else _WIDTH / 2 + (_WIDEST - _WIDTH / 2) * pressure
                pen = QPen(colour, max(1.0, part * high), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(QLineF(places[number - 1], places[number]))


def _length(stroke: _Stroke) -> float:
    return sum(QLineF(before, after).length() for before, after in zip(stroke.places, stroke.places[1:], strict=False))
