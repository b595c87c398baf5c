"""Scale bar, side letters and other fixtures of a view."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from mesomap.atlas import Atlas
from mesomap.atlas.normals import cross
from mesomap.atlas.records import View
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext
from mesomap.render.tokens import tint

#: The scale bar is never longer, px.
_LONGEST_PX = 96.0
_NICE_MM = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def nice_bar_mm(scale: float, longest_px: float) -> int:
    """Largest round length in mm (1, 2, 5, 10 …) that fits into longest_px at `scale` px per mm."""
    fitting = [length for length in _NICE_MM if length * scale <= longest_px]
    return fitting[-1] if fitting else _NICE_MM[0]


def bar_mm(context: RenderContext) -> int:
    """Length in patient mm of the scale bar of a context."""
    return nice_bar_mm(context.scale / context.length_factor, _LONGEST_PX * context.unit)


def across_share(atlas: Atlas, view_key: str, skin: SkinPoint) -> float:
    """How long 1 mm of skin that runs across the screen looks there, in mm of the view: |nz| / √(nx² + nz²) of its
    normal n in view axes; 1 for skin that faces the viewer.
    """
    view, geometry = atlas.view(view_key), atlas.geometry
    a, b, c = geometry.positions[view.pose][geometry.tri[skin.triangle]].tolist()
    x, _, z = (view.rotation @ np.array(cross(a, b, c))).tolist()
    wide = math.hypot(x, z)
    return abs(z) / wide if wide > 0 else 1.0


def draw_scale_bar(
    painter: QPainter,
    context: RenderContext,
    at: QPointF,
    font: QFont,
    length_mm: int | None = None,
    words: str = "{0} mm",
) -> None:
    """Bar with its left end at `at`, label above, in patient mm (reference mm × the patient's length factor).

    True for skin that faces the viewer; slanted skin looks shorter, as in any picture. length_mm: bar_mm() of the
    context unless given; words: of the label.
    """
    length = bar_mm(context) if length_mm is None else length_mm
    width = draw_bar_line(painter, context, at, length)
    draw_bar_words(painter, context, at, font, words.format(length), width)


def draw_bar_line(painter: QPainter, context: RenderContext, at: QPointF, length_mm: int) -> float:
    """The bar alone, its left end at `at`; its width, painter units."""
    unit = context.unit
    width = length_mm * context.scale / context.length_factor
    pen = QPen(context.tokens.colour("text"), 1.6 * unit)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawLine(at, at + QPointF(width, 0))
    for share in (0.0, 1.0):
        painter.drawLine(at + QPointF(width * share, 0.8 * unit), at + QPointF(width * share, -7 * unit))
    for step in range(1, 5):
        painter.drawLine(at + QPointF(width * step / 5, 0), at + QPointF(width * step / 5, -3 * unit))
    painter.restore()
    return width


def draw_bar_words(
    painter: QPainter, context: RenderContext, at: QPointF, font: QFont, text: str, width: float
) -> None:
    """The label above a bar of this width."""
    unit = context.unit
    wide = QFontMetricsF(font).horizontalAdvance(text)
    middle = at.x() + max(width, wide - 8 * unit) / 2
    box = QRectF(middle - 90 * unit, at.y() - 28 * unit, 180 * unit, 18 * unit)
    painter.save()
    draw_haloed(painter, context, box, text, font, "text")
    painter.restore()


def draw_side_letter(
    painter: QPainter, context: RenderContext, at: QPointF, letter: str, word: str, fonts: tuple[QFont, QFont]
) -> None:
    """R or L of the patient, large, the word under it. Nothing in profiles, where the letter is empty."""
    if not letter:
        return
    unit = context.unit
    painter.save()
    box = QRectF(at.x() - 40 * unit, at.y() - 20 * unit, 80 * unit, 34 * unit)
    draw_haloed(painter, context, box, letter, fonts[0], "text")
    # under the letter, also where the text is larger than designed
    below = max(26 * unit, (QFontMetricsF(fonts[0]).height() + QFontMetricsF(fonts[1]).height()) / 2)
    draw_haloed(painter, context, box.translated(0, below), word, fonts[1], "text2")
    painter.restore()


def draw_haloed(painter: QPainter, context: RenderContext, box: QRectF, text: str, font: QFont, token: str) -> None:
    """Text in the middle of a box; on screen with a halo, because a zoomed body may lie under it."""
    if not text:
        return
    painter.setFont(font)
    if context.tokens.opaque_only:
        painter.setPen(context.tokens.colour(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    left = box.center().x() - metrics.horizontalAdvance(text) / 2
    path.addText(QPointF(left, box.center().y() + (metrics.ascent() - metrics.descent()) / 2), font, text)
    halo = QColor(context.tokens.canvas)
    halo.setAlphaF(0.85)
    pen = QPen(halo, 3.5 * context.unit)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path, pen)
    painter.fillPath(path, context.tokens.colour(token))


def looks_along_midline(view: View) -> bool:
    """Whether the midline is a straight upright line in the view (front, back, from above)."""
    return bool(view.left_letter and view.right_letter) and math.isclose(
        abs(float(view.rotation[0][0])), 1, abs_tol=0.02
    )


def draw_midline(painter: QPainter, context: RenderContext) -> None:
    """The patient's midline in views that look along it, over the whole picture."""
    box = context.box_px()
    x = context.point_px(0.0, 0.0).x()
    if not looks_along_midline(context.atlas.view(context.view_key)) or not box.left() < x < box.right():
        return
    ink = tint(context.tokens, context.tokens.colour("text"), 0.35)
    pen = QPen(ink, 1.0 * context.unit, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([7, 3, 1.5, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
