"""A widget of pictures that says by a frame that the keys are for it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from mesomap.ui.theme import theme


class FocusFramed(QWidget):
    """Who builds on it calls draw_focus() at the end of its painting."""

    def draw_focus(self, painter: QPainter, inside_px: float) -> None:
        """The frame, so far inside the edge, while the keyboard is here."""
        if self.hasFocus():
            painter.setPen(QPen(theme.tokens().colour("text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(inside_px, inside_px, -inside_px, -inside_px))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame comes."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame goes."""
        super().focusOutEvent(event)
        self.update()
