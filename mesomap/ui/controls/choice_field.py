"""A drop-down field with the design's arrow."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme


class ChoiceField(QComboBox):
    """The style sheet hides the platform's arrow; this draws ours."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field, then arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = QRectF(self.width() - 30, self.height() / 2 - 8, 16, 16)
        draw_icon(painter, "down", arrow, theme.tokens().colour("text2"), 2.0)
