"""What is shown under the pen before it touches: the point it is over, and lines to its neighbour and the midline."""

import math

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mesomap.render.context import RenderContext
from mesomap.render.furniture import looks_along_midline
from mesomap.render.tokens import tint
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.session_model import SessionModel

#: A point this near to the pen is the one it is over; the lines begin outside the cross-hair, px.
_OVER_PX, _DISC_PX, _RING_PX = 9.0, 12.0, 23.0
#: A neighbour farther away than this on screen is no help, px.
_FAR_PX = 320.0
#: On limbs the midline of the body says nothing.
_MIDLINE_GROUPS = frozenset({"face", "scalp", "neck", "trunk"})


def nearest_px(model: SessionModel, context: RenderContext, target: Target) -> tuple[QPointF, float] | None:
    """Place of the nearest point of the view and how far it is from the pen, px; None when there is none."""
    points = model.scene(context.view_key).points
    if not len(points):
        return None
    away_x, away_y = points.xy[:, 0] - target.xy_mm[0], points.xy[:, 1] - target.xy_mm[1]
    away = away_x * away_x + away_y * away_y
    nearest = int(np.argmin(away))
    x, y = points.xy[nearest].tolist()
    return context.point_px(x, y), math.sqrt(float(away[nearest])) * context.scale


def paint_hovered(painter: QPainter, context: RenderContext, model: SessionModel, target: Target) -> None:
    """A soft disc round the point that the pen is over."""
    found = nearest_px(model, context, target)
    if found is None or found[1] > _OVER_PX:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint(context.tokens, context.tokens.colour("text"), 0.22))
    painter.drawEllipse(found[0], _DISC_PX, _DISC_PX)
    painter.restore()


def paint_lines(painter: QPainter, context: RenderContext, model: SessionModel, target: Target) -> None:
    """A line to the nearest point, and a dotted one straight across to the midline where the view looks along it."""
    if target.region_id is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    found = nearest_px(model, context, target)
    if found is not None and found[1] <= _FAR_PX:
        _line(painter, context, target.at, found[0], Qt.PenStyle.SolidLine)
    group = model.atlas.region(target.region_id).group
    if group in _MIDLINE_GROUPS and looks_along_midline(model.atlas.view(context.view_key)):
        across = QPointF(context.point_px(0.0, 0.0).x(), target.at.y())
        _line(painter, context, target.at, across, Qt.PenStyle.DotLine)
    painter.restore()


def _line(painter: QPainter, context: RenderContext, start: QPointF, end: QPointF, style: Qt.PenStyle) -> None:
    """From the rim of the cross-hair to a place, on a halo; nothing inside the cross-hair."""
    along = end - start
    length = (along.x() ** 2 + along.y() ** 2) ** 0.5
    if length <= _RING_PX:
        return
    start = start + along * (_RING_PX / length)
    halo = QColor(context.tokens.halo)
    halo.setAlphaF(0.55)
    for colour, width, kind in ((halo, 3.2, Qt.PenStyle.SolidLine), (context.tokens.colour("text"), 1.2, style)):
        painter.setPen(QPen(colour, width, kind))
        painter.drawLine(start, end)
