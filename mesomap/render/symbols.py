"""Point symbols: shape = family of technique, fill = estimated layer, colour = mixture."""

import math
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.render.tokens import Tokens

Layer = SkinLayer

#: Radius in px at 100 %: deeper is larger.
RADIUS_PX = {Layer.EPIDERMIS: 4.2, Layer.DERMIS: 5.0, Layer.HYPODERMIS: 5.8, Layer.UNKNOWN: 5.0}
OUTLINE_PX = 1.45
HALO_PX = 1.3


@dataclass(frozen=True, slots=True)
class Style:
    """Everything that decides how one point looks, apart from theme and place."""

    family: SymbolFamily
    layer: Layer
    mixture: str | None


@cache
def shape(family: SymbolFamily) -> QPainterPath:
    """Outline of a family about the origin, unit radius about 1, y down."""
    path = QPainterPath()
    if family is SymbolFamily.PAPULE:
        path.addEllipse(QPointF(0, 0), 1.0, 1.0)
    elif family is SymbolFamily.NAPPAGE:
        _polygon(path, (0, -1.18), (1.18, 0), (0, 1.18), (-1.18, 0))
    elif family is SymbolFamily.POINT:
        path.addRoundedRect(QRectF(-0.92, -0.92, 1.84, 1.84), 0.12, 0.12)
    elif family is SymbolFamily.STROKE:
        _polygon(path, (0, -1.16), (1.14, 0.88), (-1.14, 0.88))
    elif family is SymbolFamily.LINEAR:
        path.addRoundedRect(QRectF(-1.75, -0.55, 3.5, 1.1), 0.55, 0.55)
    else:
        path.addRoundedRect(QRectF(-1.2, -0.85, 2.4, 1.7), 0.3, 0.3)
    return path


@cache
def lower_half(family: SymbolFamily) -> QPainterPath:
    """Lower half of the shape, filled for the dermis. A stroke's half begins lower so that both halves
    weigh alike.
    """
    half = QPainterPath()
    top = 0.0 if family is not SymbolFamily.STROKE else 0.05
    half.addRect(QRectF(-3, top, 6, 3))
    return shape(family).intersected(half)


@cache
def surface_hatch() -> QPainterPath:
    """Three slanted strokes inside the surface shape."""
    path = QPainterPath()
    for x in (-0.62, 0.0, 0.62):
        path.moveTo(x - 0.3, 0.5)
        path.lineTo(x + 0.3, -0.5)
    return path


def _polygon(path: QPainterPath, *corners: tuple[float, float]) -> None:
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.closeSubpath()


def draw_symbol(
    painter: QPainter,
    style: Style,
    tokens: Tokens,
    at: QPointF,
    size: float = 1.0,
    *,
    halo: bool = True,
    colour: QColor | None = None,
    turn_deg: float = 0.0,
) -> None:
    """Draw one symbol centred at `at` (painter units); size 1 = sizes of the design system in painter units
    as px.
    """
    radius = RADIUS_PX[style.layer] * size
    ink = colour if colour is not None else tokens.mixture(style.mixture)
    stroke = OUTLINE_PX * max(size, 0.8 if size > 0.5 else size)
    path = shape(style.family)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.rotate(turn_deg)
    painter.scale(radius, radius)
    if halo:
        paper = QColor(tokens.halo)
        painter.setPen(_pen(paper, (stroke + 2 * HALO_PX * size) / radius))
        painter.setBrush(paper)
        painter.drawPath(path)
    _draw_inside(painter, style, tokens, path, ink, stroke / radius)
    painter.restore()


def _draw_inside(
    painter: QPainter, style: Style, tokens: Tokens, path: QPainterPath, ink: QColor, stroke: float
) -> None:
    paper = QColor(tokens.halo)
    outline = _pen(ink, stroke)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink if style.layer is Layer.HYPODERMIS else paper)
    painter.drawPath(path)
    if style.layer is Layer.DERMIS:
        painter.setBrush(ink)
        painter.drawPath(lower_half(style.family))
    if style.layer is Layer.UNKNOWN:
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(0, 0.2 if style.family is SymbolFamily.STROKE else 0), 0.32, 0.32)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(outline)
    painter.drawPath(path)
    if style.family is SymbolFamily.SURFACE:
        inner = QColor(tokens.halo) if style.layer is Layer.HYPODERMIS else ink
        painter.setPen(_pen(inner, stroke * 0.8))
        painter.drawPath(surface_hatch())


def draw_ghost(painter: QPainter, tokens: Tokens, at: QPointF, size: float = 1.0) -> None:
    """A point of an earlier visit: a dashed ring, no colour, no fill."""
    ring = QColor(tokens.text)
    ring.setAlphaF(0.45 if not tokens.opaque_only else 1.0)
    pen = QPen(ring, 1.0 * size, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([2, 1.6])
    painter.setPen(pen)
    painter.setBrush(QBrush())
    painter.drawEllipse(at, 3.0 * size, 3.0 * size)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def zoom_growth(zoom: float) -> float:
    """Symbols keep their size up to 300 % zoom, then grow with its square root, up to 1.6 times."""
    return min(1.6, max(1.0, math.sqrt(max(zoom, 0.0) / 3.0)))
