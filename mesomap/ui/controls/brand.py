"""The program's mark and name."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from mesomap.ui.controls.mark import draw_mark
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown


def app_icon() -> QIcon:
    """Icon of the application."""
    pixmap = QPixmap(256, 256)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_mark(painter, QRectF(0, 0, 256, 256), QColor("#15181C"), QColor("#FFFFFF"))
    painter.end()
    return QIcon(pixmap)


class Brand(QWidget):
    """Mark and name in one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)
        self.setMinimumWidth(44 + grown(96))
        self.setAccessibleName("MesoMap")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Mark and word."""
        return QSize(44 + grown(106), 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Mark, then the name."""
        tokens = theme.tokens()
        painter = QPainter(self)
        draw_mark(painter, QRectF(0, 1, 34, 34), tokens.colour("text"), tokens.colour("onink"))
        painter.setFont(font("title", 17))
        painter.setPen(tokens.colour("text"))
        painter.drawText(QRectF(44, 0, 200, 36), Qt.AlignmentFlag.AlignVCenter, "MesoMap")
