"""Areas of two visits told apart without colour: the earlier dashed with lines falling to the right, the later in one
stroke with lines rising. Where both lie on each other the lines cross: skin that was treated at both visits.
"""

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.render.context import RenderContext
from mesomap.render.hatch import hatch_lines
from mesomap.render.marks_in_view import ViewScene
from mesomap.render.tokens import Tokens, tint


class AreaOf(Enum):
    """Which visit an area is of."""

    EARLIER = "earlier"
    LATER = "later"


_ANGLE_DEG = {AreaOf.EARLIER: -45.0, AreaOf.LATER: 45.0}
_STEP_PX = {AreaOf.EARLIER: 9.0, AreaOf.LATER: 6.0}
_LINE_PX = {AreaOf.EARLIER: 1.0, AreaOf.LATER: 0.9}
_EDGE_PX = {AreaOf.EARLIER: 1.6, AreaOf.LATER: 2.0}
_DASHES, _STRENGTH = [4.0, 2.6], 0.6


def draw_visit_areas(painter: QPainter, context: RenderContext, scene: ViewScene, which: AreaOf) -> None:
    """Every area record of a visit in a view: hatch and edge by the visit, colour by the mixture."""
    for area in scene.areas:
        path = context.transform().map(area.path)
        if not path.isEmpty():
            draw_area_of(painter, context.tokens, path, which, area.style.mixture, context.unit)


def draw_area_of(
    painter: QPainter, tokens: Tokens, path: QPainterPath, which: AreaOf, mixture: str | None, unit: float = 1.0
) -> None:
    """One area, painter units; also the swatch of a legend."""
    colour = tokens.mixture(mixture)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    lines = hatch_lines(QRectF(path.boundingRect()), _ANGLE_DEG[which], _STEP_PX[which] * unit)
    hatch = QPen(tint(tokens, colour, _STRENGTH), _LINE_PX[which] * unit)
    painter.strokePath(lines, hatch)
    painter.restore()
    edge = QPen(tint(tokens, colour, 0.9), _EDGE_PX[which] * unit)
    edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if which is AreaOf.EARLIER:
        edge.setDashPattern(_DASHES)
        edge.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.strokePath(path, edge)
    painter.restore()
