"""Buttons of the tool bar: icon above a word, as wide as the word needs."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from mesomap.ui.controls.buttons import PaintedButton, SegmentButton, icon_picture
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

#: Least width and height of a target, px: a gloved finger.
LEAST_PX = (54, 54)
_WORD_PX = 11.5


class ToolButton(SegmentButton):
    """Icon above a word. Without room for words (show_word) it is the icon alone; its name stays."""

    def __init__(self, icon_name: str, text: str, tip: str, *, ink: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(text, icon_picture(icon_name), ink=ink, parent=parent)
        self._word = True
        self._others: tuple[str, ...] = ()
        self.caret = False
        self.setToolTip(tip)
        self._fit()

    def relabel(self, icon_name: str, text: str) -> None:
        """Another icon and word."""
        self._picture = icon_picture(icon_name)
        self.setText(text)
        self.setAccessibleName(text)
        self._fit()
        self.update()

    def shows_word(self) -> bool:
        """Whether it shows its word."""
        return self._word

    def show_word(self, on: bool) -> None:
        """With or without its word."""
        if on != self._word:
            self._word = on
            self._fit()
            self.update()

    def keep_room_for(self, words: Iterable[str]) -> None:
        """Be as wide as the widest of these words needs, whichever it shows."""
        self._others = tuple(words)
        self._fit()

    def width_of(self, with_word: bool) -> int:
        """Width that the button needs with or without its word."""
        metrics = QFontMetricsF(font("small", _WORD_PX))
        word = max(metrics.horizontalAdvance(text) for text in (self.text(), *self._others))
        return max(LEAST_PX[0], math.ceil(word) + 14) if with_word else LEAST_PX[0]

    def sizeHint(self) -> QSize:
        """As wide as the word, at least a finger; as high as icon and word."""
        height = 34 + math.ceil(QFontMetricsF(font("small", _WORD_PX)).height())
        return QSize(self.width_of(self._word), max(LEAST_PX[1], height))

    def minimumSizeHint(self) -> QSize:
        """The word is never cut off."""
        return self.sizeHint()

    def _fit(self) -> None:
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()

    def _paint_content(self, painter: QPainter, colour: QColor, _checked: bool) -> None:
        whole = QRectF(self.rect())
        metrics = QFontMetricsF(font("small", _WORD_PX))
        line = metrics.height() if self._word else 0.0
        top = (whole.height() - 24 - line - (2 if self._word else 0)) / 2
        if self._picture is not None:
            self._picture(painter, QRectF(whole.center().x() - 12, top, 24, 24), colour)
        if self._word:
            painter.setFont(font("small", _WORD_PX))
            painter.setPen(colour)
            words = QRectF(0, top + 26, whole.width(), line)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.caret:
            at = QPointF(whole.right() - 10, top + 5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(QPolygonF([at + QPointF(-4, 4), at + QPointF(4, 4), at + QPointF(0, -1)]))


class SwitchButton(PaintedButton):
    """Icon, word and a switch; narrow: icon above the word, filled while on."""

    def __init__(self, icon_name: str, text: str) -> None:
        super().__init__()
        self._icon = icon_name
        self._narrow = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.show_narrow(False)

    def show_narrow(self, narrow: bool) -> None:
        """Choose the shape."""
        self._narrow = narrow
        self.setFixedHeight(max(50, self._narrow_height() if narrow else 50))
        self.setMinimumWidth(self.sizeHint().width())
        self.updateGeometry()
        self.update()

    def width_of(self, narrow: bool) -> int:
        """Width that a shape needs."""
        if narrow:
            return max(LEAST_PX[0], math.ceil(self._small().horizontalAdvance(self.text())) + 14)
        return math.ceil(QFontMetricsF(font("strong")).horizontalAdvance(self.text())) + 100

    def sizeHint(self) -> QSize:
        """Icon, word, switch; or icon and word."""
        return QSize(self.width_of(self._narrow), self.height())

    def _small(self) -> QFontMetricsF:
        return QFontMetricsF(font("small", _WORD_PX))

    def _narrow_height(self) -> int:
        return max(LEAST_PX[1], 34 + math.ceil(self._small().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, icon, word, switch."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ink = tokens.colour("onink" if self._narrow and self.isChecked() else "text")
        self.paint_ground(painter, box, tokens.colour("text") if self._narrow and self.isChecked() else None)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.colour("line2"), 1))
        painter.drawRoundedRect(box, 13, 13)
        if self._narrow:
            self._paint_narrow(painter, ink)
        else:
            self._paint_wide(painter, ink)

    def _paint_narrow(self, painter: QPainter, ink: QColor) -> None:
        line = self._small().height()
        top = (self.height() - 26 - line) / 2
        draw_icon(painter, self._icon, QRectF(self.width() / 2 - 11, top + 1, 22, 22), ink)
        painter.setFont(font("small", _WORD_PX))
        painter.setPen(ink)
        painter.drawText(QRectF(0, top + 26, self.width(), line), Qt.AlignmentFlag.AlignCenter, self.text())

    def _paint_wide(self, painter: QPainter, ink: QColor) -> None:
        tokens, middle = theme.tokens(), self.height() / 2
        draw_icon(painter, self._icon, QRectF(12, middle - 10, 20, 20), ink)
        painter.setFont(font("strong"))
        painter.setPen(ink)
        words = QRectF(40, 0, self.width() - 88, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        track = QRectF(self.width() - 46, middle - 10, 34, 20)
        painter.setPen(QPen(tokens.colour("text3"), 1))
        painter.setBrush(tokens.colour("text" if self.isChecked() else "line2"))
        painter.drawRoundedRect(track, 10, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("onink" if self.isChecked() else "text3"))
        knob = track.right() - 17 if self.isChecked() else track.left() + 3
        painter.drawEllipse(QRectF(knob, track.top() + 3, 14, 14))
