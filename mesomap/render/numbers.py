"""Running numbers beside the points: as many as can be read, on a halo so that they read on any skin."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from mesomap.domain.marks import Mark
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import ViewScene
from mesomap.render.needle_lines import only_needle_lines
from mesomap.render.sprites import draw_stamps

#: Where a number begins, from its point, and the room that two numbers keep between them, px.
_RIGHT, _UP, _GAP = 8.0, 5.0, 1.0
#: Width of the pen that draws halos, px.
_HALO = 3.0

Label = tuple[QPointF, str]
IntArray = npt.NDArray[np.int64]


def draw_numbers(
    painter: QPainter, context: RenderContext, free: ViewScene, lines: ViewScene, marks: Sequence[Mark], font: QFont
) -> None:
    """Numbers of the single points and of those on needle lines. free: single points; lines: all points of the view.

    Of numbers that would hide each other the first is written; a line whose points stand too close tells its first
    and last at the entry.
    """
    window = QRectF(painter.window()) if not context.tokens.opaque_only else context.box_px()
    labels = [*point_labels(context, free), *line_labels(context, lines, marks, font)]
    told = readable(context, [label for label in labels if window.contains(label[0])], font)
    painter.save()
    if context.tokens.opaque_only:
        _write(painter, context, told, font)
    else:
        _stamp(painter, context, told, font)
    painter.restore()


def _write(painter: QPainter, context: RenderContext, labels: Sequence[Label], font: QFont) -> None:
    """As lines, for paper."""
    halo = _halo(context)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for at, text in labels:
        path = QPainterPath()
        path.addText(at + QPointF(_RIGHT, -_UP) * context.unit, font, text)
        painter.strokePath(path, halo)
        painter.fillPath(path, context.tokens.colour("text"))


def _halo(context: RenderContext) -> QPen:
    pen = QPen(QColor(context.tokens.halo), _HALO * context.unit)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _stamp(painter: QPainter, context: RenderContext, labels: Sequence[Label], font: QFont) -> None:
    """Sign by sign from pixmaps, first all halos: a thousand outlines of letters take a tenth of a second.

    Every sign begins at a device pixel, as text on a screen does.
    """
    dpr, metrics = context.dpr, QFontMetricsF(font)
    widths = {sign: round(metrics.horizontalAdvance(sign) * dpr) for sign in {*"".join(text for _, text in labels)}}
    places: dict[str, list[tuple[int, int]]] = {sign: [] for sign in widths}
    for at, text in labels:
        x, y = round((at.x() + _RIGHT * context.unit) * dpr), round((at.y() - _UP * context.unit) * dpr)
        for sign in text:
            places[sign].append((x, y))
            x += widths[sign]
    middle = np.array([round(max(widths.values(), default=0) / 2), -round(metrics.ascent() * 0.4 * dpr)])
    for is_halo in (True, False):
        for sign, found in places.items():
            stamp = _sign(context, sign, font, middle, is_halo=is_halo)
            draw_stamps(painter, stamp, (np.array(found) + middle) / dpr)


def _sign(context: RenderContext, sign: str, font: QFont, middle: IntArray, *, is_halo: bool) -> QPixmap:
    """A sign, or its halo, on a pixmap just large enough. middle (2,): device px from where its line begins to the
    middle of the pixmap.
    """
    dpr, metrics = context.dpr, QFontMetricsF(font)
    reach = max(metrics.horizontalAdvance(sign), metrics.ascent()) / 2 + metrics.descent() + _HALO * context.unit
    side = 2 * math.ceil(reach * dpr)
    stamp = QPixmap(side, side)
    stamp.fill(Qt.GlobalColor.transparent)
    stamp.setDevicePixelRatio(dpr)
    path = QPainterPath()
    x, y = ((side // 2 - middle) / dpr).tolist()
    path.addText(QPointF(x, y), font, sign)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if is_halo:
        painter.strokePath(path, _halo(context))
    else:
        painter.fillPath(path, context.tokens.colour("text"))
    painter.end()
    return stamp


def point_labels(context: RenderContext, scene: ViewScene) -> list[Label]:
    """Place (px) and number of every point of a scene."""
    places = context.to_px(scene.points.xy).tolist()
    return [(QPointF(x, y), str(n)) for (x, y), n in zip(places, scene.points.number.tolist(), strict=True)]


def line_labels(context: RenderContext, scene: ViewScene, marks: Sequence[Mark], font: QFont) -> list[Label]:
    """Labels of the points on needle lines: each, or "12–18" at the entry where they stand too close to be read."""
    lines = only_needle_lines(scene, marks)
    found: list[Label] = []
    wide = QFontMetricsF(font).horizontalAdvance("888") + _GAP * context.unit
    for owner in np.unique(lines.points.mark):
        rows = np.flatnonzero(lines.points.mark == owner)
        xy, numbers = context.to_px(lines.points.xy[rows]), lines.points.number[rows].tolist()
        apart = np.hypot(*np.diff(xy, axis=0).T)
        if len(rows) == 1 or float(np.median(apart)) >= wide:
            found += [(QPointF(x, y), str(n)) for (x, y), n in zip(xy.tolist(), numbers, strict=True)]
        else:
            found.append((QPointF(*xy[0].tolist()), f"{numbers[0]}–{numbers[-1]}"))
    return found


def readable(context: RenderContext, labels: Sequence[Label], font: QFont) -> list[Label]:
    """The labels in order without those that would hide one before them."""
    metrics, gap = QFontMetricsF(font), _GAP * context.unit
    height = metrics.ascent() * 0.8 + gap
    # A sign at a time, each asked for once: the metrics of a thousand texts take longer than all the rest.
    widths = {sign: metrics.horizontalAdvance(sign) for sign in {*"".join(text for _, text in labels)}}
    taken: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
    kept: list[Label] = []
    for at, text in labels:
        left, top = at.x(), at.y()
        right, bottom = left + sum(widths[sign] for sign in text) + gap, top + height
        rows = range(int(top // 40), int(bottom // 40) + 1)
        cells = [(column, row) for column in range(int(left // 40), int(right // 40) + 1) for row in rows]
        near = (other for cell in cells for other in taken.get(cell, ()))
        if any(left < x1 and x0 < right and top < y1 and y0 < bottom for x0, y0, x1, y1 in near):
            continue
        for cell in cells:
            taken.setdefault(cell, []).append((left, top, right, bottom))
        kept.append((at, text))
    return kept
