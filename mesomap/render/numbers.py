"""Running numbers beside the points: as many as can be read, on a halo so that they read on any skin."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from mesomap.domain.marks import Mark
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import ViewScene
from mesomap.render.needle_lines import only_needle_lines

#: Where a number begins, from its point, and the room that two numbers keep between them, px.
_RIGHT, _UP, _GAP = 8.0, 5.0, 1.0

Label = tuple[QPointF, str]


def draw_numbers(
    painter: QPainter, context: RenderContext, free: ViewScene, lines: ViewScene, marks: Sequence[Mark], font: QFont
) -> None:
    """Numbers of the single points and of those on needle lines. free: single points; lines: all points of the view.

    Of numbers that would hide each other the first is written; a line whose points stand too close tells its first
    and last at the entry.
    """
    window = QRectF(painter.window()) if not context.tokens.opaque_only else context.box_px()
    halo = QPen(QColor(context.tokens.halo), 3 * context.unit)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    labels = [*point_labels(context, free), *line_labels(context, lines, marks, font)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for at, text in readable(context, [label for label in labels if window.contains(label[0])], font):
        path = QPainterPath()
        path.addText(at + QPointF(_RIGHT, -_UP) * context.unit, font, text)
        painter.strokePath(path, halo)
        painter.fillPath(path, context.tokens.colour("text"))
    painter.restore()


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
    metrics = QFontMetricsF(font)
    height = metrics.ascent() * 0.8 + _GAP * context.unit
    taken: dict[tuple[int, int], list[QRectF]] = {}
    kept: list[Label] = []
    for at, text in labels:
        box = QRectF(at.x(), at.y(), metrics.horizontalAdvance(text) + _GAP * context.unit, height)
        columns = range(int(box.left() // 40), int(box.right() // 40) + 1)
        cells = [
            (column, row) for column in columns for row in range(int(box.top() // 40), int(box.bottom() // 40) + 1)
        ]
        if any(box.intersects(other) for cell in cells for other in taken.get(cell, ())):
            continue
        for cell in cells:
            taken.setdefault(cell, []).append(box)
        kept.append((at, text))
    return kept
