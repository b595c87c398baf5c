"""Strokes of the needle drawn for an area record: parallel lines along its longer side, at its spacing."""

import math
from collections.abc import Sequence

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas
from mesomap.atlas.records import Floats
from mesomap.coverage.shapes import outline_in_chart
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, Mark
from mesomap.domain.technique import SymbolFamily, techniques
from mesomap.render.context import RenderContext
from mesomap.render.picture import pictured

#: Places on a line are this far apart, chart mm; more lines than this are not drawn.
_STEP_MM, _MOST = 2.0, 400
#: Strokes closer than this are not drawn one by one.
LEAST_GAP_PX = 4.0


def strokes_in_view(atlas: Atlas, view_key: str, mark: AreaRecord, scale: PatientScale) -> QPainterPath:
    """Lines in view mm where the view sees them; empty without a spacing.

    The record keeps outline and spacing; which way the needle went follows from the shape of the outline.
    """
    path = QPainterPath()
    for region_id in mark.region_ids if mark.spacing_mm is not None else ():
        chart = atlas.chart(region_id)
        spacing = (mark.spacing_mm or 0.0) / scale.factor(chart.region.fixed_scale)
        for run in parallel_lines(outline_in_chart(chart, mark.outline), spacing):
            places = chart.from_chart(run)
            held = np.flatnonzero(places.tri >= 0)
            if len(held) < 2:
                continue
            seen = atlas.project(view_key, places[held])
            _add(path, seen.xy, seen.visible & pictured(atlas, view_key, seen.xy))
    return path


def draw_stroke_lines(painter: QPainter, context: RenderContext, marks: Sequence[Mark], within: QPainterPath) -> bool:
    """Draw the strokes of the area records among the marks, inside a path of the painter's units.

    False, and nothing drawn, when there are none or they would lie too close together to be told apart.
    """
    scale = PatientScale(context.length_factor)
    areas = [mark for mark in marks if isinstance(mark, AreaRecord) and is_by_strokes(mark)]
    gap = min((mark.spacing_mm or 0.0 for mark in areas), default=0.0) / context.length_factor * context.scale
    if gap < LEAST_GAP_PX * context.unit:
        return False
    painter.save()
    painter.setClipPath(within, Qt.ClipOperation.IntersectClip)
    for mark in areas:
        path = context.transform().map(strokes_in_view(context.atlas, context.view_key, mark, scale))
        draw_strokes(painter, context, path, mark.dose.mixture)
    painter.restore()
    return True


def draw_strokes(painter: QPainter, context: RenderContext, path: QPainterPath, mixture: str | None) -> None:
    """Strokes (painter units) as lines in the mixture's colour, on a halo."""
    for ink, width in ((context.tokens.colour("halo"), 3.4), (context.tokens.mixture(mixture), 1.8)):
        pen = QPen(ink, width * context.unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.strokePath(path, pen)


def is_by_strokes(mark: AreaRecord) -> bool:
    """Whether an area record is drawn as strokes: its technique is one of strokes, and their distance is known."""
    known = techniques().get(mark.dose.technique)
    return known is not None and known.symbol_family is SymbolFamily.STROKE and mark.spacing_mm is not None


def parallel_lines(area: BaseGeometry, spacing_mm: float) -> list[Floats]:
    """Lines (N, 2) inside an area (chart mm) along the longer side of its narrowest box, spacing_mm apart."""
    box = shapely.minimum_rotated_rectangle(area)
    if area.is_empty or box.geom_type != "Polygon":
        return []
    corners = shapely.get_coordinates(box)[:4]
    first, second = corners[1] - corners[0], corners[3] - corners[0]
    along, across = (first, second) if np.hypot(*first) >= np.hypot(*second) else (second, first)
    wide = float(np.hypot(*across))
    count = max(1, round(wide / spacing_mm))
    if count > _MOST:
        return []
    step = across / wide * spacing_mm
    begin = corners[0] + across / 2 - step * (count - 1) / 2
    lines = shapely.linestrings([[begin + step * row, begin + step * row + along] for row in range(count)])
    parts = shapely.get_parts(shapely.intersection(lines, area))
    return [_close(shapely.get_coordinates(part)) for part in parts if part.geom_type == "LineString"]


def _close(ends: Floats) -> Floats:
    """Places close together on a straight line."""
    a, b = ends[0], ends[-1]
    steps = max(2, math.ceil(float(np.hypot(*(b - a))) / _STEP_MM) + 1)
    found: Floats = a + np.linspace(0.0, 1.0, steps)[:, None] * (b - a)
    return found


def _add(path: QPainterPath, xy: Floats, visible: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> None:
    down = False
    for (x, y), seen in zip(xy.tolist(), visible.tolist(), strict=True):
        if seen and down:
            path.lineTo(QPointF(x, y))
        elif seen:
            path.moveTo(QPointF(x, y))
        down = seen
