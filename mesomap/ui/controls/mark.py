"""The program's mark, drawn with the painter alone: it is the first thing on screen, before much is loaded.

The names of Qt's namespace (Qt.…) are not used here: the first of them builds a hundred enumerations.
"""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

#: The mark is designed on a square of this side.
_SIDE = 64.0
_CORNER = 15.0
_DOTS = ((32, 12.5), (15, 22.3), (49, 22.3), (15, 41.7), (49, 41.7), (32, 51.5))
_DOT = 4.2
#: The drop is a square on its corner, of this half diagonal, drawn with a line of this width, round outside.
_HALF_DIAGONAL, _LINE = 11.0, 3.0


def draw_mark(painter: QPainter, box: QRectF, ink: QColor, on: QColor) -> None:
    """The square mark in a box: ground in `ink`, what is on it in `on`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / _SIDE, box.height() / _SIDE)
    ground = QPainterPath()
    ground.addRoundedRect(QRectF(0, 0, _SIDE, _SIDE), _CORNER, _CORNER)
    painter.fillPath(ground, ink)
    dots = QPainterPath()
    for x, y in _DOTS:
        dots.addEllipse(QPointF(x, y), _DOT, _DOT)
    painter.fillPath(dots, on)
    half = QPainterPath(QPointF(21, 32))
    for x, y in ((43, 32), (32, 43)):
        half.lineTo(x, y)
    half.closeSubpath()
    painter.fillPath(half, on)
    painter.translate(32, 32)
    painter.rotate(45)
    side = _HALF_DIAGONAL * 2**0.5
    edge = QPainterPath()
    for more, corner in ((_LINE / 2, _LINE / 2), (-_LINE / 2, 0.0)):
        reach = side / 2 + more
        edge.addRoundedRect(QRectF(-reach, -reach, 2 * reach, 2 * reach), corner, corner)
    painter.fillPath(edge, on)
    painter.restore()
