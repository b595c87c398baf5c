"""Ghosts: the marks of an earlier session under those of today; no colour, no fill, nothing to touch."""

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import ViewScene
from mesomap.render.symbols import draw_ghost, zoom_growth
from mesomap.render.tokens import tint

_CELL_PX = 12


def draw_ghosts(painter: QPainter, context: RenderContext, scene: ViewScene) -> None:
    """Every visible point a dashed ring, every area record a dashed outline, in ink at 45 %."""
    ink = tint(context.tokens, context.tokens.colour("text"), 0.45)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink, 1.5 * context.unit, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 2.4])
    for area in scene.areas:
        painter.strokePath(context.transform().map(area.path), pen)
    size = context.unit * round(zoom_growth(context.zoom), 1)
    ring, half = _ring(context, size), _CELL_PX * size / 2
    for x, y in context.to_px(scene.points.xy).tolist():
        painter.drawPixmap(QPointF(x - half, y - half), ring)
    painter.restore()


def _ring(context: RenderContext, size: float) -> QPixmap:
    """One ring as a pixmap: thousands of dashed circles would hold up the canvas."""
    side = math.ceil(_CELL_PX * size * context.dpr)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(side / (_CELL_PX * size))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_ghost(painter, context.tokens, QPointF(_CELL_PX * size / 2, _CELL_PX * size / 2), size)
    painter.end()
    return pixmap
