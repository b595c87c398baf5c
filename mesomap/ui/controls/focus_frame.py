"""The frame that says that the keys are for a picture."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from mesomap.ui.theme import theme


def draw_focus(painter: QPainter, widget: QWidget, inside_px: float) -> None:
    """Draw it so far inside the edge while the widget has the keyboard; Qt paints a widget anew when that changes."""
    if widget.hasFocus():
        painter.setPen(QPen(theme.tokens().colour("text"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(widget.rect()).adjusted(inside_px, inside_px, -inside_px, -inside_px))
