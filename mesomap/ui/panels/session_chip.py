"""The session in the top bar: number and indication, when; a tap opens what surrounds it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_HIGH_PX, _NARROWEST_PX, _WIDEST_PX, _ICON_PX = 52, 150, 380, 16


class SessionChip(PaintedButton):
    """Two lines in the middle, shortened where there is no room, and a small arrow that says that it opens.

    It takes what patient, allergies and the saved state leave it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._title, self._line = "", ""
        self.setFixedHeight(_HIGH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST_PX)

    def show_session(self, title: str, line: str) -> None:
        """Number and indication; date, or done at and entered at."""
        self._title, self._line = title, line
        self.setAccessibleName(self.tr("{0}, {1}. About this session").format(title, line))
        self.setToolTip(self.tr("{0}\nAbout this session: why, when, who, where (Ctrl I)").format(title))
        self.update()

    def title(self) -> str:
        """Number and indication in full."""
        return self._title

    def line(self) -> str:
        """What stands under it."""
        return self._line

    def sizeHint(self) -> QSize:
        """The rest of the bar comes first."""
        return QSize(_NARROWEST_PX, _HIGH_PX)

    def minimumSizeHint(self) -> QSize:
        """Number and a word."""
        return QSize(_NARROWEST_PX, _HIGH_PX)

    def _words_px(self) -> float:
        """Width of the longer line with the arrow."""
        upper = QFontMetrics(font("title", 15)).horizontalAdvance(self._title) + _ICON_PX + 6
        lower = QFontMetrics(font("small")).horizontalAdvance(self._line)
        return min(max(upper, lower) + 28.0, self.width() - 2.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two lines and the arrow."""
        tokens = theme.tokens()
        painter = QPainter(self)
        ground = QRectF(0, 1, self._words_px(), self.height() - 2)
        ground.moveCenter(QRectF(self.rect()).center())
        self.paint_ground(painter, ground, None)
        painter.setPen(tokens.colour("text"))
        painter.setFont(font("title", 15))
        high, low = (QFontMetrics(font(role, px)).height() for role, px in (("title", 15), ("small", 12)))
        top = (self.height() - high - low) / 2
        room = self.width() - 20 - _ICON_PX - 6
        title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        wide = painter.fontMetrics().horizontalAdvance(title)
        left = (self.width() - wide - _ICON_PX - 6) / 2
        painter.drawText(QRectF(left, top, wide + 2, high), Qt.AlignmentFlag.AlignVCenter, title)
        arrow = QRectF(left + wide + 6, top + (high - _ICON_PX) / 2, _ICON_PX, _ICON_PX)
        draw_icon(painter, "down", arrow, tokens.colour("text2"), 2.0)
        painter.setFont(font("small"))
        painter.setPen(tokens.colour("text2"))
        line = painter.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, self.width() - 16)
        painter.drawText(QRectF(8, top + high, self.width() - 16, low), Qt.AlignmentFlag.AlignCenter, line)
