"""Lines of threading: one long capsule from the entry to an arrow at the end, its points as dots inside."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.atlas import SkinArray
from mesomap.domain.marks import InjectionSet, Mark, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import ViewPoints, ViewScene, style_of
from mesomap.render.symbols import HALO_PX, OUTLINE_PX, Style

#: Width of the capsule, radius of a dot, barbs of the arrow and how far its tip lies beyond the end, px.
_WIDTH_PX, _DOT_PX, _BARB_PX, _BEYOND_PX = 6.4, 1.5, 7.0, 12.0


def is_needle_line(mark: Mark) -> bool:
    """Whether a mark is drawn as a line: a set of a linear technique that was laid as one."""
    if not isinstance(mark, InjectionSet) or mark.origin is not Origin.LINE or mark.count < 2:
        return False
    return style_of(mark.dose, None).family is SymbolFamily.LINEAR


def without_needle_lines(scene: ViewScene, marks: Sequence[Mark]) -> ViewScene:
    """The scene without the points of lines, which draw_needle_lines() draws. marks: those of the scene."""
    lines = np.array([is_needle_line(mark) for mark in marks], bool)
    if not lines.any():
        return scene
    keep, points = ~lines[scene.points.mark], scene.points
    kept = ViewPoints(points.xy[keep], points.style[keep], points.mark[keep], points.number[keep])
    return replace(scene, points=kept)


def only_needle_lines(scene: ViewScene, marks: Sequence[Mark]) -> ViewScene:
    """The scene with nothing but the points of lines."""
    lines, points = np.array([is_needle_line(mark) for mark in marks], bool), scene.points
    keep = lines[points.mark] if len(lines) else np.zeros(len(points), bool)
    kept = ViewPoints(points.xy[keep], points.style[keep], points.mark[keep], points.number[keep])
    return replace(scene, points=kept)


def draw_needle_lines(painter: QPainter, context: RenderContext, marks: Sequence[Mark]) -> None:
    """Every line of the marks, where the view sees it."""
    for mark in marks:
        if isinstance(mark, InjectionSet) and is_needle_line(mark):
            region = mark.region_ids[0] if mark.region_ids else None
            draw_needle_line(painter, context, mark.points, style_of(mark.dose, region, context.atlas.ref.body))


def draw_needle_line(painter: QPainter, context: RenderContext, points: Sequence[SkinPoint], style: Style) -> None:
    """One line; deeper is fuller, as with the symbols: empty, a core, full; uncertain: dots only."""
    seen = context.atlas.project(context.view_key, SkinArray.of(points))
    places = [QPointF(x, y) for x, y in context.to_px(seen.xy).tolist()]
    shown: list[bool] = seen.visible.tolist()
    track, arrow = _track(places, shown), QPainterPath()
    if shown[-1] and shown[-2]:
        arrow = _arrow(places[-2], places[-1], context.unit)
    unit, ink, paper = context.unit, context.tokens.mixture(style.mixture), context.tokens.colour("halo")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _stroke(painter, arrow, QPen(paper, (2.0 + 2 * HALO_PX) * unit))
    _stroke(painter, track, QPen(paper, (_WIDTH_PX + 2 * HALO_PX) * unit))
    _stroke(painter, arrow, QPen(ink, 2.0 * unit))
    _stroke(painter, track, QPen(ink, _WIDTH_PX * unit))
    full = style.layer is SkinLayer.HYPODERMIS
    if not full:
        _stroke(painter, track, QPen(paper, (_WIDTH_PX - 2 * OUTLINE_PX) * unit))
    if style.layer is SkinLayer.DERMIS:
        _stroke(painter, track, QPen(ink, (_WIDTH_PX - 2 * OUTLINE_PX) / 2 * unit))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paper if full or style.layer is SkinLayer.DERMIS else ink)
    for place, shows in zip(places, shown, strict=True):
        if shows:
            painter.drawEllipse(place, _DOT_PX * unit, _DOT_PX * unit)
    painter.restore()


def _stroke(painter: QPainter, path: QPainterPath, pen: QPen) -> None:
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)


def _track(places: list[QPointF], shown: list[bool]) -> QPainterPath:
    path = QPainterPath()
    for row in range(1, len(places)):
        if shown[row - 1] and shown[row]:
            if not (row > 1 and shown[row - 2]):
                path.moveTo(places[row - 1])
            path.lineTo(places[row])
    return path


def _arrow(before: QPointF, end: QPointF, unit: float) -> QPainterPath:
    along = end - before
    turn = math.atan2(along.y(), along.x())
    tip = end + QPointF(math.cos(turn), math.sin(turn)) * (_BEYOND_PX * unit)
    path = QPainterPath(end)
    path.lineTo(tip)
    for side in (math.radians(145), math.radians(-145)):
        path.moveTo(tip)
        path.lineTo(tip + QPointF(math.cos(turn + side), math.sin(turn + side)) * (_BARB_PX * unit))
    return path
