"""A button of two lines: a small caption, and the value that stands there now."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import fitting_font, font, text_scale

_HEIGHT_PX, _FIGURE_PX = 46, 44


def _scaled(px: int) -> int:
    """A length that grows with the text."""
    return round(px * text_scale())


class ValueChip(PaintedButton):
    """Caption above, value below, both shortened with an ellipsis; the tooltip has them whole."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self._value = self._short = "–"
        self._known = False
        self.setFixedHeight(_scaled(_HEIGHT_PX))
        self.show_value("")

    def sizeHint(self) -> QSize:
        """Takes what width there is."""
        return QSize(96, _scaled(_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        """A glove's target."""
        return QSize(60, _scaled(_HEIGHT_PX))

    def show_value(self, value: str, caption: str = "", short: str = "") -> None:
        """What is recorded, "" = nothing yet; caption: another one than that of the beginning.

        short: stands on the button instead of the value; readers and the tooltip say the value.
        """
        self._known = bool(value)
        self._value = value or "–"
        self._short = short or self._value
        if caption:
            self._caption = caption
        words = f"{self._caption}: {self._value}"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def value(self) -> str:
        """The value in full."""
        return self._value

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, caption, value."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        self.paint_ground(painter, box, tokens.colour("hover" if self._hovered else "panel"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.colour("line2"), 1))
        painter.drawRoundedRect(box, self.radius, self.radius)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for text, role, colour, top in (
            (self._caption, "small", "text3", 5),
            (self._short, "strong" if self._known else "small", "text" if self._known else "text3", 23),
        ):
            painter.setFont(font(role, 11.5 if role == "small" else 12.5))
            painter.setPen(tokens.colour(colour))
            room = self.width() - 16
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(9, _scaled(top), room, _scaled(18)), flags, shown)


class FigureButton(PaintedButton):
    """A figure with its unit, a caption below; both at the right. amiss: the figure is one to look at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure, self._unit, self._caption, self._amiss = "", "", "", False
        self.setFixedHeight(_scaled(_FIGURE_PX))

    def sizeHint(self) -> QSize:
        """As wide as the wider of both lines."""
        # The name beside it needs the width more than its caption does.
        return QSize((112 + _scaled(112)) // 2, _scaled(_FIGURE_PX))

    def minimumSizeHint(self) -> QSize:
        """Never narrower."""
        return self.sizeHint()

    def show_figure(self, figure: str, unit: str, caption: str, *, amiss: bool = False) -> None:
        """What it says."""
        self._figure, self._unit, self._caption, self._amiss = figure, unit, caption, amiss
        self.setAccessibleName(f"{figure} {unit} {caption}")
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Figure, unit, caption."""
        tokens = theme.tokens()
        painter = QPainter(self)
        self.paint_ground(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), None)
        right = self.width() - 6.0
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("small"))
        unit_room = painter.fontMetrics().horizontalAdvance(self._unit)
        painter.setPen(tokens.colour("text3"))
        painter.drawText(QRectF(0, _scaled(5), right, _scaled(20)), flags, self._unit)
        painter.setFont(fitting_font("small", 12, self._caption, right))
        words = painter.fontMetrics().elidedText(self._caption, Qt.TextElideMode.ElideRight, int(right))
        painter.drawText(QRectF(0, _scaled(24), right, _scaled(16)), flags, words)
        painter.setFont(font("figure", 18))
        painter.setPen(tokens.colour("red" if self._amiss else "text"))
        painter.drawText(QRectF(0, _scaled(2), right - unit_room - 4, _scaled(22)), flags, self._figure)
