"""The program's mark and name."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown

_DOTS = ((32, 12.5), (15, 22.3), (49, 22.3), (15, 41.7), (49, 41.7), (32, 51.5))
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" rx="15" fill="{ink}"/><g fill="{on}">'
    + "".join(f'<circle cx="{x}" cy="{y}" r="4.2"/>' for x, y in _DOTS)
    + '<path d="M21 32h22L32 43z"/></g>'
    '<path d="M32 21 43 32 32 43 21 32z" fill="none" stroke="{on}" stroke-width="3" '
    'stroke-linejoin="round"/></svg>'
)


def draw_mark(painter: QPainter, box: QRectF, ink: QColor, on: QColor) -> None:
    """The square mark."""
    QSvgRenderer(QByteArray(_MARK.format(ink=ink.name(), on=on.name()).encode())).render(painter, box)


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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QRectF(0, 1, 34, 34), tokens.colour("text"), tokens.colour("onink"))
        painter.setFont(font("title", 17))
        painter.setPen(tokens.colour("text"))
        painter.drawText(QRectF(44, 0, 200, 36), Qt.AlignmentFlag.AlignVCenter, "MesoMap")
