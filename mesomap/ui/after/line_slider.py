"""The line of a visual analogue scale: 100 mm long in truth, marked with one touch. No number stands beside it."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.domain.score import LINE_MM
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown

_MARGIN_PX, _HIGH_PX = 22, 108


class LineSlider(QWidget):
    """value: place on the line from 0 (left end) to 1, None until it is marked. changed is sent after every mark."""

    changed = Signal()

    def __init__(self, left_words: str, right_words: str) -> None:
        super().__init__()
        self._left, self._right = left_words, right_words
        self._px_per_mm = 96 / 25.4
        self._value: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Line from “{0}” to “{1}”").format(left_words, right_words))
        theme.changed.connect(self.update)
        self.set_px_per_mm(self._px_per_mm)

    def sizeHint(self) -> QSize:
        """The line and room for a finger at its ends."""
        return QSize(round(LINE_MM * self._px_per_mm) + 2 * _MARGIN_PX, grown(_HIGH_PX))

    @property
    def length_px(self) -> float:
        """Length of the line on the screen."""
        return LINE_MM * self._px_per_mm

    @property
    def px_per_mm(self) -> float:
        """How sharp the screen is."""
        return self._px_per_mm

    def set_px_per_mm(self, px_per_mm: float) -> None:
        """Draw the line 100 mm long on a screen of this sharpness."""
        self._px_per_mm = px_per_mm
        self.setFixedSize(self.sizeHint())
        self.update()

    def value(self) -> float | None:
        """Where the line was marked."""
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show a mark without sending changed."""
        self._value = None if value is None else min(max(value, 0.0), 1.0)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch marks the line."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._mark(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The mark follows."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._mark(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the mark by a millimetre, Home and End to the ends."""
        held = self._value if self._value is not None else 0.0
        step = {
            Qt.Key.Key_Left: held - 1 / LINE_MM,
            Qt.Key.Key_Right: held + 1 / LINE_MM,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.set_value(step)
        self.changed.emit()

    def _mark(self, x: float) -> None:
        self.set_value((x - _MARGIN_PX) / self.length_px)
        self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, ends, words, mark."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, left, right = self.height() * 0.36, float(_MARGIN_PX), _MARGIN_PX + self.length_px
        painter.setPen(QPen(tokens.colour("text"), 2))
        painter.drawLine(QLineF(left, y, right, y))
        for x in (left, right):
            painter.drawLine(QLineF(x, y - 12, x, y + 12))
        painter.setFont(font("small"))
        painter.setPen(tokens.colour("text2"))
        half = self.length_px / 2
        flags = int(Qt.TextFlag.TextWordWrap)
        top = y + 18
        room = self.height() - top
        painter.drawText(QRectF(left - 10, top, half, room), flags | Qt.AlignmentFlag.AlignLeft, self._left)
        painter.drawText(QRectF(right + 10 - half, top, half, room), flags | Qt.AlignmentFlag.AlignRight, self._right)
        if self._value is not None:
            x = left + self._value * self.length_px
            painter.setPen(QPen(tokens.colour("text"), 3))
            painter.drawLine(QLineF(x, y - 20, x, y + 20))
        if self.hasFocus():
            painter.setPen(QPen(tokens.colour("text3"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(QPointF(1, 1), QPointF(self.width() - 1, self.height() - 1)), 11, 11)
