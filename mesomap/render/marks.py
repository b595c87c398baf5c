"""Draw the marks of a view: points by sprites on screen and by paths on paper, areas by hatch and outline."""

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from mesomap.render.context import RenderContext
from mesomap.render.hatch import draw_hatch
from mesomap.render.marks_in_view import ViewScene
from mesomap.render.sprites import SpriteSheet, draw_sprites, draw_stamps
from mesomap.render.stroke_lines import LEAST_GAP_PX, draw_strokes
from mesomap.render.symbols import Style, draw_symbol, zoom_growth
from mesomap.render.tokens import tint

#: Points closer than this on screen are drawn as a hull with a number instead of one by one.
CROWDED_PX = 9.0


def draw_points(painter: QPainter, context: RenderContext, scene: ViewScene, sheet: SpriteSheet | None = None) -> None:
    """Draw every visible point. With a sheet: one call for all (screen); without: vector paths (paper)."""
    xy = context.to_px(scene.points.xy)
    if sheet is not None:
        draw_sprites(painter, sheet, scene.styles, xy, scene.points.style)
        return
    size = context.unit * zoom_growth(context.zoom)
    for (x, y), index in zip(xy, scene.points.style, strict=True):
        draw_symbol(painter, scene.styles[index], context.tokens, QPointF(x, y), size)


def draw_dots(painter: QPainter, context: RenderContext, scene: ViewScene, radius: float = 1.4) -> None:
    """Thumbnails: every point a plain dot in its mixture's colour."""
    xy = context.to_px(scene.points.xy)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index in np.flatnonzero(np.bincount(scene.points.style)).tolist():
        colour = context.tokens.mixture(scene.styles[index].mixture)
        draw_stamps(painter, _dot(colour, radius, context.dpr), _thinned(xy[scene.points.style == index]))
    for area in scene.areas:
        painter.fillPath(context.transform().map(area.path), context.tokens.mixture(area.style.mixture))
    painter.restore()


def _dot(colour: QColor, radius: float, dpr: float) -> QPixmap:
    """A dot to be stamped: a path of a thousand circles would hold everything else until it is filled."""
    side = math.ceil(2 * radius * dpr) + 2
    dot = QPixmap(side, side)
    dot.fill(Qt.GlobalColor.transparent)
    painter = QPainter(dot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(side / 2, side / 2), radius * dpr, radius * dpr)
    painter.end()
    dot.setDevicePixelRatio(dpr)
    return dot


def _thinned(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Places a thumbnail cannot tell apart (same pixel) are drawn once."""
    if len(xy) <= 200:
        return xy
    pixels = np.rint(xy).astype(np.int64)
    first = np.unique(pixels[:, 0] * 65536 + pixels[:, 1], return_index=True)[1]
    return pixels[first].astype(np.float64)


def draw_areas(painter: QPainter, context: RenderContext, scene: ViewScene, sheet: SpriteSheet | None = None) -> None:
    """Area records: tint, outline, and their lattice as small symbols, or the mixture's pattern where it
    crowds.
    """
    for area in scene.areas:
        path = context.transform().map(area.path)
        if path.isEmpty():
            continue
        colour, unit = context.tokens.mixture(area.style.mixture), context.unit
        xy = context.to_px(area.lattice)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, tint(context.tokens, colour, context.tokens.hull_tint))
        if area.stroke_gap_mm * context.scale >= LEAST_GAP_PX * unit and not area.strokes.isEmpty():
            draw_strokes(painter, context, context.transform().map(area.strokes), area.style.mixture)
        elif sheet is not None and median_gap_px(xy) >= CROWDED_PX * unit:
            draw_sprites(painter, sheet, [area.style], xy, np.zeros(len(xy), np.int32))
        else:
            draw_hatch(painter, path, area.style.mixture, colour, context.tokens, step=7 * unit, width=0.9 * unit)
        pen = QPen(tint(context.tokens, colour, 0.7), 1.5 * unit)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.restore()


def path_anchor(path: QPainterPath) -> QPointF:
    """A place well inside a shape: the middle of the widest run on its middle line."""
    box = path.boundingRect()
    row = QPainterPath()
    row.addRect(QRectF(box.left(), box.center().y() - 0.5, box.width(), 1.0))
    runs = path.intersected(row).toSubpathPolygons()
    if not runs:
        return box.center()
    widest = max((run.boundingRect() for run in runs), key=QRectF.width)
    return widest.center()


def draw_tag(painter: QPainter, context: RenderContext, at: QPointF, style: Style, label: str, font: QFont) -> None:
    """White pill with ink ring: symbol and number. Used for area records and for crowded points."""
    unit, tokens = context.unit, context.tokens
    metrics = QFontMetricsF(font)
    text_width = metrics.horizontalAdvance(label) if label else 0.0
    height = 22 * unit
    width = max(height, 20 * unit + text_width + (12 * unit if label else 0))
    box = QRectF(at.x() - width / 2, at.y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.colour("text"), 1.4 * unit))
    painter.setBrush(QColor(tokens.panel))
    painter.drawRoundedRect(box, height / 2, height / 2)
    symbol_at = QPointF(box.left() + 12 * unit if label else at.x(), at.y())
    draw_symbol(painter, style, tokens, symbol_at, unit, halo=False)
    if label:
        painter.setFont(font)
        painter.setPen(tokens.colour("text"))
        painter.drawText(box.adjusted(21 * unit, 0, -8 * unit, 0), Qt.AlignmentFlag.AlignCenter, label)
    painter.restore()


def median_gap_px(xy_px: npt.NDArray[np.float64]) -> float:
    """Median distance of a point to its nearest neighbour on screen; infinity for fewer than two. A sample
    of 400.
    """
    if len(xy_px) < 2:
        return float("inf")
    sample = xy_px[:: max(1, len(xy_px) // 400)]
    gaps = np.empty(len(sample))
    for start in range(0, len(sample), 64):
        part = sample[start : start + 64]
        squared = ((part[:, None, :] - xy_px[None, :, :]) ** 2).sum(axis=2)
        squared[squared == 0] = np.inf
        gaps[start : start + 64] = np.sqrt(squared.min(axis=1))
    return float(np.median(gaps))
