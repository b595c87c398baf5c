"""Hatching by clipped lines: legible in black and white, and allowed on paper where transparency is not."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from mesomap.render.tokens import Tokens, tint

#: Direction in degrees of every family of lines; None = dots. One pattern per mixture letter.
PATTERNS: dict[str, tuple[float, ...] | None] = {
    "A": (45.0,), "B": None, "C": (45.0, -45.0), "D": (0.0,),
    "E": (90.0,), "F": (-45.0,), "G": (0.0, 90.0), "H": (),
}  # fmt: skip
_MAX_LINES = 4000


def hatch_lines(box: QRectF, angle_deg: float, step: float) -> QPainterPath:
    """Parallel lines across `box` at an angle (degrees, counter-clockwise on screen), `step` apart, on a
    fixed grid
    through the origin so that neighbouring areas line up."""
    path = QPainterPath()
    radians = math.radians(-angle_deg)
    along = QPointF(math.cos(radians), math.sin(radians))
    across = QPointF(-along.y(), along.x())
    corners = [box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight()]
    offsets = [QPointF.dotProduct(corner, across) for corner in corners]
    reach = [QPointF.dotProduct(corner, along) for corner in corners]
    first, last = math.floor(min(offsets) / step), math.ceil(max(offsets) / step)
    for index in range(first, min(last, first + _MAX_LINES) + 1):
        foot = across * (index * step)
        path.moveTo(foot + along * min(reach))
        path.lineTo(foot + along * max(reach))
    return path


def draw_hatch(
    painter: QPainter,
    outline: QPainterPath,
    letter: str | None,
    colour: QColor,
    tokens: Tokens,
    *,
    step: float = 6.0,
    width: float = 0.8,
    strength: float = 0.55,
) -> None:
    """Fill `outline` (painter units) with the pattern of a mixture letter. The caller draws the outline
    itself. Where only lines are allowed the pattern is thinner instead of paler, and H stays empty.
    """
    width *= max(0.5, strength) if tokens.line_only else 1.0
    directions = PATTERNS.get(letter or "", (45.0,))
    ink = tint(tokens, colour, strength)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if directions == ():
        if not tokens.line_only:
            painter.fillPath(outline, tint(tokens, colour, 0.15))
        painter.restore()
        return
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    box = outline.boundingRect()
    if directions is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPath(_dots(box, step, width * 1.1))
    else:
        for angle in directions:
            painter.strokePath(hatch_lines(box, angle, step), QPen(ink, width))
    painter.restore()


def _dots(box: QRectF, step: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    row = math.floor(box.top() / step)
    drawn = 0
    while row * step <= box.bottom() and drawn < _MAX_LINES:
        x = (math.floor(box.left() / step) + (0.5 if row % 2 else 0.0)) * step
        while x <= box.right():
            path.addEllipse(QPointF(x, row * step), radius, radius)
            x += step
            drawn += 1
        row += 1
    return path
